namespace Jobs.Generator.Models;

/// <summary>A job's input and result; null where it has none.</summary>
/// <param name="Input">The input.</param>
/// <param name="Result">The result.</param>
/// <param name="IsPublic">Everyone can name both.</param>
/// <param name="Used">What naming them means.</param>
internal sealed record JobSignatureModel(TypeNameModel? Input, TypeNameModel? Result, bool IsPublic, UsedSymbolsModel Used)
{
    private const string Void = "global::Jobs.Metadata.JobVoid";

    /// <summary>The type arguments of the job's descriptor.</summary>
    public string DescriptorArguments => (Input?.Name ?? Void) + ", " + (Result?.Name ?? Void);

    /// <summary>The interface that the client's property has.</summary>
    public string ClientType => "global::Jobs.IJobClient" + TypeArguments;

    /// <summary>The interface that a contract derives from.</summary>
    public string ContractType => "global::Jobs.IJobContract" + TypeArguments;

    /// <summary>The interface that a handler implements.</summary>
    public string HandlerType => "global::Jobs.IJobHandler" + TypeArguments;

    private string TypeArguments => (Input, Result) switch
    {
        (null, _) => "",
        (_, null) => $"<{Input.Name}>",
        _ => $"<{Input.Name}, {Result.Name}>",
    };
}
