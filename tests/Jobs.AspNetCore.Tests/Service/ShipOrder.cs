using Fixtures.Orders;

namespace Jobs.AspNetCore.Tests;

/// <summary>The handler of a contract that a front end references without it.</summary>
[Job(Contract = typeof(IShipOrder))]
public sealed class ShipOrder : IJobHandler<ShipOrderInput, ShipOrderResult>
{
    public ValueTask<ShipOrderResult> HandleAsync(ShipOrderInput input, JobContext context, CancellationToken cancellationToken) =>
        new(new ShipOrderResult([.. Enumerable.Range(1, input.Parcels).Select(parcel => $"{input.OrderNumber}/{parcel}")]));
}
