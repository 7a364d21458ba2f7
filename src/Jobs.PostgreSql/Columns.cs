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

    /// <summary>The same of what few items have: null when none has it, which costs neither side anything.</summary>
    public static string?[]? OfAny<TItem>(IReadOnlyList<TItem> items, Func<TItem, string?> value)
    {
        string?[]? column = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (value(items[i]) is { } text)
                (column ??= new string?[items.Count])[i] = text;
        }

        return column;
    }

    /// <inheritdoc cref="OfAny{TItem}"/>
    public static TValue?[]? OfAny<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue?> value)
        where TValue : struct
    {
        TValue?[]? column = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (value(items[i]) is { } some)
                (column ??= new TValue?[items.Count])[i] = some;
        }

        return column;
    }
}
