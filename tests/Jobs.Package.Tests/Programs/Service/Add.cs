using System.ComponentModel.DataAnnotations;
using Jobs;

namespace Service;

public sealed record Numbers([Range(0, 100)] int One, [Range(0, 100)] int Other);

[Job]
public sealed class Add : IJobHandler<Numbers, int>
{
    public ValueTask<int> HandleAsync(Numbers input, JobContext context, CancellationToken cancellationToken) => new(input.One + input.Other);
}
