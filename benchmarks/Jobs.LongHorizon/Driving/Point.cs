namespace Jobs.LongHorizon.Driving;

/// <summary>One second of a scenario.</summary>
/// <param name="Second">Since its beginning.</param>
/// <param name="Phase">What was going on.</param>
/// <param name="EnqueueRate">Jobs per second.</param>
/// <param name="CompletionRate">Jobs per second.</param>
/// <param name="P50">From enqueue to the handler's start, ms, of the last thirty seconds.</param>
/// <param name="P95">The same.</param>
/// <param name="P99">The same.</param>
/// <param name="Depth">Due and not claimed.</param>
/// <param name="DeadTuples">Of the product's tables; null while the server does not answer.</param>
/// <param name="MiB">Their size, indexes included.</param>
internal sealed record Point(double Second, Phase Phase, double EnqueueRate, double CompletionRate, double P50, double P95, double P99, double Depth, long? DeadTuples, double? MiB);
