namespace Recurring;

/// <summary>Which report.</summary>
/// <param name="Region">The region.</param>
/// <param name="Days">How many days it covers.</param>
public sealed record ReportInput(string Region, int Days = 1);
