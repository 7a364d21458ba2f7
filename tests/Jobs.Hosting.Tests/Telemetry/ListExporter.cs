using OpenTelemetry;

namespace Jobs.Hosting.Tests.Telemetry;

/// <summary>Exports to a list.</summary>
internal sealed class ListExporter<T>(List<T> exported) : BaseExporter<T>
    where T : class
{
    public override ExportResult Export(in Batch<T> batch)
    {
        lock (exported)
        {
            foreach (var item in batch)
            {
                exported.Add(item);
            }
        }

        return ExportResult.Success;
    }
}
