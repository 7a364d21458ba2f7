using System.ComponentModel.DataAnnotations;
using Jobs;

namespace CompileErrors;

public sealed record OrderInput([EmailAddress] string Customer, [Required, StringLength(20)] string Text, [Range(1, 10)] int Count);

[Job]
public sealed class Order : IJobHandler<OrderInput>
{
    public ValueTask HandleAsync(OrderInput input, JobContext context, CancellationToken cancellationToken) => default;
}

public static class Orders
{
    public static async Task PlaceAsync(JobClient jobs)
    {
        await jobs.Order.EnqueueAsync(new("nobody", "Tea", 1));
        await jobs.Order.EnqueueAsync(new("a@example.com", "", 1));
        await jobs.Order.EnqueueAsync(new("a@example.com", "Tea", 11));
        await jobs.Order.EnqueueAsync(new("a@example.com", null!, Count: 0));
        await jobs.Order.EnqueueAsync(new MailInput("a@example.com"));
        await jobs.Order.EnqueueAsync("a@example.com");
        await jobs.Order.EnqueueAsync();
        await jobs.Orders.EnqueueAsync(new("a@example.com", "Tea", 1));
    }
}
