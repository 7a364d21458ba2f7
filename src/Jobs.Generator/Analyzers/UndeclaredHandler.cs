using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Finds handlers and contracts that lack <c>[Job]</c>.</summary>
internal static class UndeclaredHandler
{
    public static void Check(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        // What is abstract or generic can only be a base of handlers.
        if (type.IsAbstract && type.TypeKind != TypeKind.Interface || HandlerParser.IsGeneric(type) || type.AllInterfaces.IsEmpty)
        {
            return;
        }

        var declared = type.TypeKind switch
        {
            TypeKind.Class or TypeKind.Struct => JobSignatureParser.FindHandlerInterfaces(type),
            TypeKind.Interface => JobSignatureParser.FindContractInterfaces(type),
            _ => [],
        };
        if (declared.Count > 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.HandlerWithoutJob, type.Locations[0], Names.Short(type), Names.Short(declared[0])));
        }
    }
}
