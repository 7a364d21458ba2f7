using System.Reflection;
using System.Runtime.Loader;
using Jobs.Generator.Emit;
using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Tests.Validation;

/// <summary>Source text compiled together with the validators of some of its types, and loaded.</summary>
internal sealed class ValidatedAssembly
{
    private const string Namespace = "Emitted";

    private const string Usings = """
        #nullable enable
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using System.Linq;
        using System.Text.Json.Serialization;

        """;

    private readonly IReadOnlyDictionary<string, string> _identifiers;

    private ValidatedAssembly(Assembly assembly, IReadOnlyDictionary<string, string> identifiers, string emitted)
    {
        Assembly = assembly;
        _identifiers = identifiers;
        Emitted = emitted;
    }

    public Assembly Assembly { get; }

    /// <summary>The text of the emitted file.</summary>
    public string Emitted { get; }

    /// <summary>Compiles the source and fails on any error or warning, in the source or in what is emitted for it.</summary>
    /// <param name="source">The types.</param>
    /// <param name="roots">The inputs, as C# types.</param>
    public static ValidatedAssembly Create(string source, params string[] roots)
    {
        var fields = string.Concat(roots.Select((root, i) => $"public {root} Root{i} = default!;\n"));
        var compilation = TestCompilation.Create($"{Usings}{source}\npublic class Roots\n{{\n{fields}}}");
        var holder = compilation.GetTypeByMetadataName("Roots")!;
        var models = roots.Select((_, i) => ValidationParser.Parse(((IFieldSymbol)holder.GetMembers($"Root{i}").Single()).Type, compilation, CancellationToken.None)).ToArray();
        var distinct = models.SelectMany(all => all).Distinct().ToEquatableArray();
        var inputs = models.Where(all => all.Count > 0).Select(all => all[0].Identifier).Distinct().ToEquatableArray();
        var emitted = distinct.Count == 0 ? "" : JobTypesEmitter.Emit(new JobTypesModel("Roots", EquatableArray<JsonTypeModel>.Empty, distinct, inputs), Namespace).ToString();
        var complete = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(emitted, TestCompilation.ParseOptions, "Roots.Types.g.cs"));

        using var image = new MemoryStream();
        var result = complete.Emit(image);
        var problems = result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToArray();
        if (problems.Length > 0)
        {
            throw new InvalidOperationException(string.Join("\n", problems.Take(20).Select(p => $"{p}\n{p.Location.SourceTree?.GetText().Lines[p.Location.GetLineSpan().StartLinePosition.Line]}")));
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: false).LoadFromStream(image);
        return new(assembly, roots.Zip(models, (root, all) => (root, all)).ToDictionary(pair => pair.root, pair => pair.all.Count > 0 ? pair.all[0].Identifier : ""), emitted);
    }

    /// <summary>Evaluates a C# expression that the source holds as a static member of a class Values.</summary>
    public object? Value(string name) => Assembly.GetType("Values", throwOnError: true)!.GetField(name)!.GetValue(null);

    public IReadOnlyList<JobValidationError> Validate(string root, object? input, IServiceProvider? services = null)
    {
        if (_identifiers[root].Length == 0)
        {
            return [];
        }

        var entry = Assembly.GetType($"{Namespace}.{ValidatorEmitter.ClassName}", throwOnError: true)!
            .GetMethod($"Validate_{_identifiers[root]}", BindingFlags.Static | BindingFlags.NonPublic)!;
        return (IReadOnlyList<JobValidationError>)entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [input, services], null)!;
    }
}
