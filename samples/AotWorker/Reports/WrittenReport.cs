namespace AotWorker.Reports;

/// <param name="File">The file's name in the reports' folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Total">The sum of all lines.</param>
public sealed record WrittenReport(string File, long Bytes, decimal Total);
