namespace Jobs.Fetching;

/// <summary>
/// The queues that one claim after the other asks: all at once, or one by one in a strict or a drawn order. Each answer is an
/// instance that stays the same, by which storages know the queues again.
/// </summary>
internal sealed class QueueOrder
{
    private readonly IReadOnlyList<string>? _all;
    private readonly string[][] _single = [];
    private readonly int[]? _weights;
    private readonly int[] _order = [];
    private int _next;

    public QueueOrder(WorkerOptions options)
    {
        _all = options.Queues.Count == 0 ? null : [.. options.Queues];
        if (!options.StrictQueueOrder && options.QueueWeights.Count == 0)
        {
            return;
        }

        _single = [.. options.Queues.Distinct(StringComparer.Ordinal).Select(static queue => new[] { queue })];
        _order = [.. Enumerable.Range(0, _single.Length)];
        _weights = options.QueueWeights.Count == 0 ? null : Array.ConvertAll(_single, queue => options.QueueWeights[queue[0]]);
    }

    /// <summary>Whether there are queues that this round has not come to.</summary>
    public bool HasNext => _next < _order.Length;

    /// <summary>Begins a new round.</summary>
    public void Restart()
    {
        _next = 0;
        if (_weights is null)
        {
            return;
        }

        // A draw without putting back, each time in proportion to the weights of those that are left.
        for (var i = 0; i < _order.Length - 1; i++)
        {
            var left = 0;
            for (var j = i; j < _order.Length; j++)
            {
                left += _weights[_order[j]];
            }

            var (drawn, ticket) = (i, Random.Shared.Next(left));
            while (ticket >= _weights[_order[drawn]])
            {
                ticket -= _weights[_order[drawn++]];
            }

            (_order[i], _order[drawn]) = (_order[drawn], _order[i]);
        }
    }

    /// <summary>The queues to ask next; null means all that there are.</summary>
    public IReadOnlyList<string>? Next() => _single.Length == 0 ? _all : _single[_order[_next++]];
}
