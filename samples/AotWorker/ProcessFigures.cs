using System.Text.Json.Serialization;

namespace AotWorker;

/// <summary>What this process costs.</summary>
/// <param name="IsNative">Whether it was compiled ahead of time.</param>
/// <param name="WorkingSet">Its memory in bytes, as the operating system sees it.</param>
/// <param name="HeapBytes">What the collector manages.</param>
/// <param name="AllocatedBytes">What has been allocated since the start.</param>
/// <param name="ProcessorMilliseconds">Processor time since the start.</param>
internal sealed record ProcessFigures(bool IsNative, long WorkingSet, long HeapBytes, long AllocatedBytes, double ProcessorMilliseconds)
{
    public static ProcessFigures Read() => new(
        !System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported,
        Environment.WorkingSet,
        GC.GetTotalMemory(forceFullCollection: false),
        GC.GetTotalAllocatedBytes(),
        Environment.CpuUsage.TotalTime.TotalMilliseconds);
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProcessFigures))]
internal sealed partial class ProcessJson : JsonSerializerContext;
