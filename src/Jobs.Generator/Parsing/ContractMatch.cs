using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Whether a handler and the contract that it names belong together.</summary>
internal static class ContractMatch
{
    public static ContractProblem FindProblem(INamedTypeSymbol handlerInterface, INamedTypeSymbol contract)
    {
        if (contract.TypeKind != TypeKind.Interface || JobSignatureParser.FindContractInterface(contract) is not { } contractInterface)
        {
            return ContractProblem.NoContract;
        }

        if (JobAttributeData.FindOn(contract) is null)
        {
            return ContractProblem.NoJob;
        }

        return JobSignatureParser.Match(handlerInterface, contractInterface) ? ContractProblem.None : ContractProblem.OtherTypes;
    }
}
