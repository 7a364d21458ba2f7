namespace Jobs.Sqlite.Tests;

[Job]
public sealed class Square : IJobHandler<int, int>
{
    public ValueTask<int> HandleAsync(int input, JobContext context, CancellationToken cancellationToken) => new(input * input);
}
