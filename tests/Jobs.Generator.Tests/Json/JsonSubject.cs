using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Generator.Emit;
using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Jobs.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Tests.Json;

/// <summary>
/// Source text compiled together with the metadata of some of its types. <see cref="Emitted"/> are the product's options over that
/// metadata; <see cref="Reflected"/> are the oracle, System.Text.Json's reflection serializer with enums as their names.
/// </summary>
internal sealed class JsonSubject : IDisposable
{
    private const string Usings = """
        global using System;
        global using System.Collections;
        global using System.Collections.Concurrent;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.Collections.ObjectModel;
        global using System.Diagnostics.CodeAnalysis;
        global using System.Text.Json;
        global using System.Text.Json.Nodes;
        global using System.Text.Json.Serialization;
        global using Jobs;
        """;

    private readonly LoadedAssembly _assembly;

    private JsonSubject(LoadedAssembly assembly, IReadOnlyDictionary<string, JsonTypeModel> models)
    {
        _assembly = assembly;
        Models = models;
        var resolver = (IJsonTypeInfoResolver)assembly.Get("Emitted.JobsJson").GetProperty("Instance")!.GetValue(null)!;
        Emitted = JobJson.CreateOptions(resolver);
        var reflected = new JsonSerializerOptions(Emitted) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        reflected.Converters.Add(new EnumNames());
        Reflected = reflected;
    }

    public JsonSerializerOptions Emitted { get; }

    public JsonSerializerOptions Reflected { get; }

    /// <summary>The models, by the type's name in code without <c>global::</c>.</summary>
    public IReadOnlyDictionary<string, JsonTypeModel> Models { get; }

    /// <param name="source">Declarations.</param>
    /// <param name="roots">The types whose graphs get metadata, as code in the scope of the source.</param>
    public static JsonSubject Compile(string source, params string[] roots)
    {
        var fields = string.Join("\n", roots.Select((root, index) => $"    public static {root} Root{index} = default!;"));
        var compilation = TestCompilation.Create("", "App")
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees(
                Parse(Usings, "Usings.cs"),
                Parse(source, "Source.cs"),
                Parse($"#pragma warning disable\ninternal static unsafe class Roots\n{{\n{fields}\n}}", "Roots.cs"));
        compilation = compilation.WithOptions(compilation.Options.WithAllowUnsafe(true));
        var symbols = compilation.GetTypeByMetadataName("Roots")!.GetMembers().OfType<IFieldSymbol>().Select(field => field.Type).ToList();
        var models = JsonGraphParser.Parse(symbols, compilation, CancellationToken.None);
        var whole = compilation.AddSyntaxTrees(
            Parse(JobTypesEmitter.Emit(new JobTypesModel("Subject", models, EquatableArray<ValidatedTypeModel>.Empty, EquatableArray<string>.Empty), "Emitted").ToString(), "Subject.Types.g.cs"),
            Parse(JsonIndexEmitter.Emit(models.Where(model => model.HasMetadata).Select(model => model.ToEntry()), "Emitted").ToString(), JsonIndexEmitter.HintName));
        return new JsonSubject(LoadedAssembly.Load(whole), models.ToDictionary(model => model.TypeName.Replace("global::", "", StringComparison.Ordinal)));
    }

    /// <summary>The type of a root, by its place in the arguments of <see cref="Compile"/>.</summary>
    public Type Root(int index = 0) => _assembly.Get("Roots").GetField("Root" + index)!.FieldType;

    public Type Get(string name) => _assembly.Get(name);

    /// <summary>Reads and writes a type as the product does.</summary>
    public JsonFormat Format(Type type) => (JsonFormat)Activator.CreateInstance(typeof(JsonFormat<>).MakeGenericType(type), Emitted.GetTypeInfo(type))!;

    public void Dispose() => _assembly.Dispose();

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions, path);
}
