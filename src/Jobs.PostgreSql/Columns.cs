namespace Jobs.PostgreSql;

/// <summary>
/// One value of every item, as the array that is a statement's parameter. Not LINQ: a native program contains its operators once for
/// every pair of an item's and a value's struct types, used or not, which made it a third larger.
/// </summary>
internal static class Columns
{
    public static TValue[] Of<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var column = new TValue[items.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(items[i]);

        return column;
    }
}
