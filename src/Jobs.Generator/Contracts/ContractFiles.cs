using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Contracts;

/// <summary>Where the compiler finds recorded contracts, and whether it is to write them anew.</summary>
internal static class ContractFiles
{
    private const string UpdateProperty = "build_property.UpdateJobContracts";
    private const string DateProperty = "build_property.JobContractsDate";

    public static bool IsContractFile(AdditionalText file) => string.Equals(Path.GetFileName(file.Path), ContractFile.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The build is asked to record what the code says.</summary>
    public static bool IsUpdate(AnalyzerConfigOptions options) =>
        options.TryGetValue(UpdateProperty, out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The day of the build, as the build says it; the compiler itself has no clock.</summary>
    public static string Today(AnalyzerConfigOptions options) => options.TryGetValue(DateProperty, out var value) && value.Length > 0 ? value : "unknown";
}
