namespace Jobs.EntityFramework.Tests.Shop;

public sealed record BookPaymentResult(string Receipt);
