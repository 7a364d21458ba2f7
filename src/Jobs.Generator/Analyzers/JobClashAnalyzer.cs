using System.Collections.Concurrent;
using System.Collections.Immutable;
using Jobs.Generator.Diagnostics;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Generator.Analyzers;

/// <summary>Names that two jobs have, in the assembly and across referenced ones.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobClashAnalyzer : JobsAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.DuplicateJobName, Rules.AliasClash, Rules.DuplicateClientName];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext context)
    {
        var own = new ConcurrentBag<JobClaim>();
        var composes = false;
        context.RegisterSymbolAction(
            symbol =>
            {
                if (JobDeclaration.Find((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken) is { } job)
                {
                    own.Add(JobClaim.Of(job));
                }
            },
            SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (IsAddJobs((InvocationExpressionSyntax)node.Node))
                {
                    Volatile.Write(ref composes, true);
                }
            },
            SyntaxKind.InvocationExpression);
        context.RegisterCompilationEndAction(end => Report(end, [.. own], composes));
    }

    /// <summary>By its name alone: nothing is bound for it.</summary>
    private static bool IsAddJobs(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "AddJobs",
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText == "AddJobs",
        IdentifierNameSyntax name => name.Identifier.ValueText == "AddJobs",
        _ => false,
    };

    private static void Report(CompilationAnalysisContext context, IReadOnlyList<JobClaim> own, bool composes)
    {
        // Between two referenced assemblies a clash concerns only who composes them.
        if (own.Count == 0 && !composes)
        {
            return;
        }

        var referenced = ReferencedClaims(context.Compilation).ToList();
        var claims = own.OrderBy(static claim => claim.Owner, StringComparer.Ordinal).Concat(referenced).ToList();
        foreach (var clash in JobClashes.Find(claims))
        {
            if (clash.Claim.Job is not null || (composes && clash.Other.Job is null))
            {
                context.ReportDiagnostic(clash.ToDiagnostic());
            }
        }
    }

    private static IEnumerable<JobClaim> ReferencedClaims(Compilation compilation)
    {
        var identity = compilation.Assembly.Identity;
        var publicKey = FriendAssemblies.ToText(identity.PublicKey);
        foreach (var assembly in AssembliesWithJobs.ReferencedBy(compilation))
        {
            if (ReferenceParser.Parse(assembly) is not { } jobs)
            {
                continue;
            }

            var isFriend = FriendAssemblies.Include(jobs.Friends, identity.Name, publicKey);
            foreach (var entry in jobs.Jobs)
            {
                yield return JobClaim.Of(entry, jobs.Name, isReachable: entry.IsPublic || isFriend);
            }
        }
    }
}
