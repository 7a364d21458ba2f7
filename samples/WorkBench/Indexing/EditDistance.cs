namespace WorkBench.Indexing;

/// <summary>How many words to insert, remove or replace to make one text of the other.</summary>
internal static class EditDistance
{
    public static double Likeness(IReadOnlyList<string> first, IReadOnlyList<string> second, int passes, CancellationToken cancellationToken)
    {
        var distance = 0;
        for (var pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            distance = Between(first, second);
        }

        return 1 - ((double)distance / Math.Max(1, Math.Max(first.Count, second.Count)));
    }

    private static int Between(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var above = Enumerable.Range(0, second.Count + 1).ToArray();
        var row = new int[second.Count + 1];
        for (var i = 1; i <= first.Count; i++)
        {
            row[0] = i;
            for (var j = 1; j <= second.Count; j++)
            {
                var change = string.Equals(first[i - 1], second[j - 1], StringComparison.Ordinal) ? 0 : 1;
                row[j] = Math.Min(above[j - 1] + change, Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[^1];
    }
}
