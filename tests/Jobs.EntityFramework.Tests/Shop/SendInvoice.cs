using Microsoft.EntityFrameworkCore;

namespace Jobs.EntityFramework.Tests.Shop;

/// <summary>Needs the order that was stored with it.</summary>
[Job]
public sealed class SendInvoice(ShopContext db) : IJobHandler<SendInvoiceInput, string>
{
    public async ValueTask<string> HandleAsync(SendInvoiceInput input, JobContext context, CancellationToken cancellationToken)
    {
        var order = await db.Orders.SingleAsync(order => order.Id == input.OrderId, cancellationToken);
        return $"Invoice for {order.Customer}";
    }
}
