using System.Data;
using System.Data.Common;

namespace Jobs.AspNetCore.Tests;

/// <summary>A transaction of no database.</summary>
internal sealed class NoTransaction : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.Unspecified;

    protected override DbConnection? DbConnection => null;

    public override void Commit() => throw new NotSupportedException();

    public override void Rollback() => throw new NotSupportedException();
}
