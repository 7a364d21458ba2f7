using System.Data;
using System.Data.Common;

namespace Jobs.AspNetCore.Tests;

/// <summary>A transaction of no database at all.</summary>
internal sealed class ForeignTransaction : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection? DbConnection => null;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }
}
