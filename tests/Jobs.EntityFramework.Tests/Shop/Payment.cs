namespace Jobs.EntityFramework.Tests.Shop;

/// <summary>What handlers store together with their job's completion. Nothing makes it unique: a second effect would be seen.</summary>
public sealed class Payment
{
    public int Id { get; init; }

    public required int Amount { get; init; }

    public required int Attempt { get; init; }
}
