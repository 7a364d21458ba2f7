namespace Jobs.EntityFramework.Tests.Shop;

/// <summary>What callers store together with a job. Its id is the application's, so that a unit of work can be repeated.</summary>
public sealed class Order
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Customer { get; init; }
}
