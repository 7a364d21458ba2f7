using Microsoft.EntityFrameworkCore;

namespace Jobs.EntityFramework.Tests.Shop;

/// <summary>The application's tables, in the database that holds the jobs.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Payment> Payments => Set<Payment>();
}
