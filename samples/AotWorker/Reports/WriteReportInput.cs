using System.ComponentModel.DataAnnotations;

namespace AotWorker.Reports;

public sealed record WriteReportInput([Required, StringLength(100)] string Title, [MinLength(1)] IReadOnlyList<ReportLine> Lines, Currency Currency = Currency.Eur);
