namespace Jobs.AspNetCore.Tests;

public sealed record Tree(int Value, IReadOnlyList<Tree> Children);

/// <summary>A job whose name has a slash and whose input contains itself.</summary>
[Job("trees/sort")]
public sealed class Sort : IJobHandler<Tree, Tree>
{
    public ValueTask<Tree> HandleAsync(Tree input, JobContext context, CancellationToken cancellationToken) =>
        new(input with { Children = [.. input.Children.OrderBy(static child => child.Value)] });
}
