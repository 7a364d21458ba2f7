using Jobs.Generator.Models;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Generator.Emit;

/// <summary>Emits the resolver that finds the metadata of each type.</summary>
internal static class JsonIndexEmitter
{
    public const string HintName = "JobsJson.g.cs";

    /// <param name="types">The types with metadata; doubles are dropped.</param>
    /// <param name="containingNamespace">The namespace of <c>JobsJson</c>; empty for the global one.</param>
    public static SourceText Emit(IEnumerable<JsonTypeEntry> types, string containingNamespace)
    {
        var distinct = types.Distinct().OrderBy(static type => type.TypeName, StringComparer.Ordinal).ToList();
        var diagnostics = distinct.SelectMany(static type => type.SuppressedDiagnostics);
        var writer = SourceWriter.StartFile(diagnostics);
        writer.Line(JsonFile.Aliases).Line();
        if (containingNamespace.Length > 0)
        {
            writer.Line($"namespace {containingNamespace};").Line();
        }

        writer.Line(JsonFile.WithoutNullableWarnings);
        writer.Line("/// <summary>The serialization metadata of the inputs and results of this assembly's jobs, made without reflection.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.Open($"internal sealed partial class JobsJson : {JsonFile.Metadata}IJsonTypeInfoResolver, global::Jobs.Metadata.IJobJsonShortcuts");
        writer.Open("private JobsJson()");
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>The one instance; it holds nothing.</summary>");
        writer.Line("public static JobsJson Instance { get; } = new JobsJson();");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public {JsonFile.Metadata}JsonTypeInfo? GetTypeInfo(global::System.Type type, {JsonFile.Options} options)");
        foreach (var type in distinct)
        {
            writer.Line($"if (type == typeof({type.TypeName})) return {type.Identifier}(options);");
        }

        writer.Line("return null;");
        writer.Close();
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public object? FindShortcut({JsonFile.Metadata}JsonTypeInfo info)");
        foreach (var type in distinct.Where(static type => type.HasShortcut))
        {
            writer.Line($"if (info.Type == typeof({type.TypeName})) return new {type.Identifier}Shortcut(info);");
        }

        writer.Line("return null;");
        writer.Close();
        writer.Line();
        WriteMembers(writer);
        writer.Line();
        WriteConverters(writer);
        writer.Close();
        return writer.ToSourceText();
    }

    /// <summary>What the metadata of nearly every member and parameter has in common.</summary>
    private static void WriteMembers(SourceWriter writer)
    {
        writer.Line("/// <summary>A property that is read and written as it is declared.</summary>");
        writer.Line($"private static {JsonFile.Metadata}JsonPropertyInfo Property<T>(");
        writer.Line($"    {JsonFile.Options} options,");
        writer.Line("    global::System.Type declaringType,");
        writer.Line("    string name,");
        writer.Line("    global::System.Func<object, T>? getter,");
        writer.Line("    global::System.Action<object, T>? setter,");
        writer.Line("    bool isGetNullable = true,");
        writer.Line("    bool isSetNullable = true)");
        writer.Open("");
        writer.Open($"var property = {JsonFile.Services}.CreatePropertyInfo(options, new {JsonFile.Metadata}JsonPropertyInfoValues<T>");
        writer.Line("DeclaringType = declaringType,");
        writer.Line("PropertyName = name,");
        writer.Line("IsProperty = true,");
        writer.Line("IsPublic = true,");
        writer.Line("Getter = getter,");
        writer.Line("Setter = setter,");
        writer.Close(");");
        writer.Line("if (!isGetNullable) property.IsGetNullable = false;");
        writer.Line("if (!isSetNullable) property.IsSetNullable = false;");
        writer.Line("return property;");
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>A constructor's parameter that has no default.</summary>");
        writer.Line($"private static {JsonFile.Metadata}JsonParameterInfoValues Parameter(int position, string name, global::System.Type type, bool isNullable) =>");
        writer.Line("    new() { Name = name, ParameterType = type, Position = position, IsNullable = isNullable };");
    }

    private static void WriteConverters(SourceWriter writer)
    {
        const string Converter = "global::System.Text.Json.Serialization.JsonConverter";
        const string Exception = "new global::System.InvalidOperationException";
        writer.Line("/// <summary>The converter for <typeparamref name=\"T\"/> that an attribute names; a factory makes it.</summary>");
        writer.Open($"private static {Converter} ConverterFor<T>({Converter} converter, {JsonFile.Options} options)");
        writer.Line("if (!converter.CanConvert(typeof(T)))");
        writer.Line($"    throw {Exception}($\"The converter '{{converter.GetType()}}' cannot convert the type '{{typeof(T)}}'.\");");
        writer.Line($"if (converter is not {Converter}Factory factory) return converter;");
        writer.Line("var made = factory.CreateConverter(typeof(T), options);");
        writer.Line($"return made is null or {Converter}Factory");
        writer.Line($"    ? throw {Exception}($\"The converter factory '{{converter.GetType()}}' made no converter for the type '{{typeof(T)}}'.\")");
        writer.Line("    : made;");
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>As <see cref=\"ConverterFor{T}\"/>, for a nullable value that the converter may know with or without its null.</summary>");
        writer.Line($"private static {Converter} NullableConverterFor<T>({Converter} converter, {JsonFile.Options} options)");
        writer.Line("    where T : struct =>");
        writer.Line("    converter.CanConvert(typeof(T?))");
        writer.Line("        ? ConverterFor<T?>(converter, options)");
        writer.Line($"        : {JsonFile.Services}.GetNullableConverter<T>({JsonFile.Services}.CreateValueInfo<T>(options, ConverterFor<T>(converter, options)));");
    }
}
