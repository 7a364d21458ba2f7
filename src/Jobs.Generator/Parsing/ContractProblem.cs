namespace Jobs.Generator.Parsing;

/// <summary>Why a type is not the contract of a handler.</summary>
internal enum ContractProblem
{
    None,

    /// <summary>It is no interface that derives from one contract interface.</summary>
    NoContract,

    /// <summary>It is not declared as a job.</summary>
    NoJob,

    /// <summary>Input or result differ.</summary>
    OtherTypes,
}
