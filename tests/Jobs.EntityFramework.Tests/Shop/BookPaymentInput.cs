namespace Jobs.EntityFramework.Tests.Shop;

public sealed record BookPaymentInput(int Amount);
