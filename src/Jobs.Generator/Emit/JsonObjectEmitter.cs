using System.Globalization;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Emit;

/// <summary>Emits the metadata of an object: how to create it, its members, its constructor's parameters.</summary>
internal static class JsonObjectEmitter
{
    public static void WriteInfo(SourceWriter writer, JsonTypeModel type, JsonObjectModel model)
    {
        writer.Open($"var values = new {JsonFile.Metadata}JsonObjectInfoValues<{type.TypeName}>");
        if (model.Creator is { } creator)
        {
            writer.Line($"ObjectCreator = static () => {creator},");
        }

        if (model.CreatorWithParameters is { } creatorWithParameters)
        {
            writer.Line($"ObjectWithParameterizedConstructorCreator = static arguments => {creatorWithParameters},");
            writer.Line($"ConstructorParameterMetadataInitializer = {type.Identifier}Parameters,");
        }

        writer.Line($"PropertyMetadataInitializer = _ => {type.Identifier}Properties(options),");
        if (type.NumberHandling is { } handling)
        {
            writer.Line($"NumberHandling = {handling},");
        }

        writer.Close(";");
        writer.Line($"var info = {JsonFile.Services}.CreateObjectInfo(options, values);");
        WriteAssignment(writer, "info", "UnmappedMemberHandling", model.UnmappedMemberHandling);
        WriteAssignment(writer, "info", "PreferredPropertyObjectCreationHandling", model.ObjectCreationHandling);
        writer.Line("return info;");
    }

    public static void WriteMembers(SourceWriter writer, JsonTypeModel type, JsonObjectModel model)
    {
        const string Property = JsonFile.Metadata + "JsonPropertyInfo";
        writer.Line();
        writer.Open($"private static {Property}[] {type.Identifier}Properties({JsonFile.Options} options)");
        writer.Line($"var properties = new {Property}[{model.Properties.Count}];");
        for (var i = 0; i < model.Properties.Count; i++)
        {
            writer.Line();
            WriteProperty(writer, model.Properties[i], $"properties[{i}]");
        }

        writer.Line();
        writer.Line("return properties;");
        writer.Close();
        if (model.CreatorWithParameters is not null)
        {
            WriteParameters(writer, type, model);
        }
    }

    private static void WriteProperty(SourceWriter writer, JsonPropertyModel property, string element)
    {
        if (IsPlain(property))
        {
            WritePlainProperty(writer, property, element);
        }
        else
        {
            WriteUnusualProperty(writer, property, element);
        }

        WriteAssignment(writer, element, "CustomConverter", property.Converter);
        WriteAssignment(writer, element, "ObjectCreationHandling", property.ObjectCreationHandling);
        WriteAssignment(writer, element, "Order", property.Order == 0 ? null : property.Order.ToString(CultureInfo.InvariantCulture));
        WriteAssignment(writer, element, "IsRequired", property.IsRequired ? "true" : null);
        WriteAssignment(writer, element, "AttributeProvider", property.IsRedacted ? "global::Jobs.Metadata.JobRedactedMember.Instance" : null);
    }

    private static bool IsPlain(JsonPropertyModel property) => property is
    {
        IsField: false,
        IsVirtual: false,
        HasJsonInclude: false,
        IsExtensionData: false,
        JsonName: null,
        IgnoreCondition: null,
        NumberHandling: null,
        HasTypeWithoutMetadata: false,
    };

    /// <summary>Nearly all are so: what they have in common is written once, in the index.</summary>
    private static void WritePlainProperty(SourceWriter writer, JsonPropertyModel property, string element)
    {
        var getNullable = property.RefusesNullOnWrite ? ", isGetNullable: false" : "";
        var setNullable = property.RefusesNullOnRead ? ", isSetNullable: false" : "";
        writer.Line($"{element} = Property<{property.TypeName}>(options, typeof({property.DeclaringTypeName}), {Literal(property.Name)},");
        writer.Line($"    {(property.Getter is null ? "null" : "static target => ")}{property.Getter},");
        writer.Line($"    {(property.Setter is null ? "null" : "static (target, value) => ")}{property.Setter}{getNullable}{setNullable});");
    }

    private static void WriteUnusualProperty(SourceWriter writer, JsonPropertyModel property, string element)
    {
        writer.Open($"{element} = {JsonFile.Services}.CreatePropertyInfo(options, new {JsonFile.Metadata}JsonPropertyInfoValues<{property.TypeName}>");
        writer.Line($"DeclaringType = typeof({property.DeclaringTypeName}),");
        writer.Line($"PropertyName = {Literal(property.Name)},");
        writer.Line($"IsProperty = {(property.IsField ? "false" : "true")},");
        writer.Line("IsPublic = true,");
        WriteIf(writer, property.IsVirtual, "IsVirtual = true,");
        WriteIf(writer, property.HasJsonInclude, "HasJsonInclude = true,");
        WriteIf(writer, property.IsExtensionData, "IsExtensionData = true,");
        WriteIf(writer, property.JsonName is not null, $"JsonPropertyName = {property.JsonName},");
        WriteIf(writer, property.IgnoreCondition is not null, $"IgnoreCondition = {property.IgnoreCondition},");
        WriteIf(writer, property.NumberHandling is not null, $"NumberHandling = {property.NumberHandling},");
        WriteIf(writer, property.Getter is not null, $"Getter = static target => {property.Getter},");
        WriteIf(writer, property.Setter is not null, $"Setter = static (target, value) => {property.Setter},");
        WriteIf(writer, property.HasTypeWithoutMetadata, $"PropertyTypeInfo = {JsonFile.Services}.CreateValueInfo<{property.TypeName}>(options, {property.Converter}),");
        writer.Close(");");
        WriteAssignment(writer, element, "IsGetNullable", property.RefusesNullOnWrite ? "false" : null);
        WriteAssignment(writer, element, "IsSetNullable", property.RefusesNullOnRead ? "false" : null);
    }

    private static void WriteParameters(SourceWriter writer, JsonTypeModel type, JsonObjectModel model)
    {
        writer.Line();
        writer.Line($"private static {JsonFile.Metadata}JsonParameterInfoValues[] {type.Identifier}Parameters() =>");
        writer.Line("[");
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            var parameter = model.Parameters[i];
            var nullable = parameter.IsNullable ? "true" : "false";
            if (parameter.DefaultValue is null)
            {
                writer.Line($"    Parameter({i}, {Literal(parameter.Name)}, typeof({parameter.TypeName}), {nullable}),");
            }
            else
            {
                writer.Line($"    new() {{ Name = {Literal(parameter.Name)}, ParameterType = typeof({parameter.TypeName}), Position = {i}, IsNullable = {nullable}, HasDefaultValue = true, DefaultValue = {parameter.DefaultValue} }},");
            }
        }

        writer.Line("];");
    }

    private static void WriteAssignment(SourceWriter writer, string target, string member, string? value)
    {
        if (value is not null)
        {
            writer.Line($"{target}.{member} = {value};");
        }
    }

    private static void WriteIf(SourceWriter writer, bool condition, string line)
    {
        if (condition)
        {
            writer.Line(line);
        }
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
