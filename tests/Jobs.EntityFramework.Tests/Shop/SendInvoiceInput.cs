namespace Jobs.EntityFramework.Tests.Shop;

public sealed record SendInvoiceInput(Guid OrderId);
