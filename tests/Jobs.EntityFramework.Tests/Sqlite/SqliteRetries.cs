using Microsoft.EntityFrameworkCore.Storage;

namespace Jobs.EntityFramework.Tests.Sqlite;

/// <summary>The provider for SQLite has no retrying strategy of its own.</summary>
internal sealed class SqliteRetries(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.FromSeconds(1))
{
    protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
}
