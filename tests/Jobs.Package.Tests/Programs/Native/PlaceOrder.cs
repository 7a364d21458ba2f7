using Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Native;

/// <summary>A keyed service, a scoped one, and a first attempt that fails.</summary>
[Job("place-order", Queue = "orders", MaxAttempts = 3, Backoff = BackoffKind.Fixed, BackoffDelay = "10ms", Jitter = 0, Timeout = "30s")]
public sealed class PlaceOrder([FromKeyedServices("office")] IPrinter printer, Till till) : IJobHandler<Order, Receipt>, IAsyncDisposable
{
    public ValueTask<Receipt> HandleAsync(Order input, JobContext context, CancellationToken cancellationToken)
    {
        if (context.Attempt == 1)
            throw new IOException("Out of paper");

        till.Take(input.Lines.Sum(line => line.Count * line.Price) * input.Copies);
        return new(new Receipt(till.Total, printer.Name, context.Attempt, input.Shipping, [.. input.Lines.Select(line => line.Sku)]));
    }

    public ValueTask DisposeAsync() => default;
}

public interface IPrinter
{
    string Name { get; }
}

public sealed class Printer(string name) : IPrinter
{
    public string Name { get; } = name;
}

/// <summary>Scoped: each attempt has one of its own.</summary>
public sealed class Till
{
    public decimal Total { get; private set; }

    public void Take(decimal amount) => Total += amount;
}
