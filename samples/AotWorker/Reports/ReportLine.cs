using System.ComponentModel.DataAnnotations;

namespace AotWorker.Reports;

public sealed record ReportLine([Required, StringLength(100)] string Item, [Range(1, 10_000)] int Quantity, [Range(typeof(decimal), "0.01", "100000")] decimal Price);
