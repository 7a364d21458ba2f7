using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>
/// Writes the validators of types, as members of <c>JobsValidation</c>. Per object the order is: each member's own rules in
/// order of declaration, base types first; if they all held, the type's attributes; if these held too, IValidatableObject; then what
/// is nested in members, in the same order, and last the object's own elements.
/// </summary>
internal static class ValidatorEmitter
{
    /// <summary>The class that all validators of an assembly are parts of.</summary>
    public const string ClassName = "JobsValidation";

    private const string Collector = "global::Jobs.Metadata.JobValidationCollector";

    /// <summary>The method of the shape of <c>JobInputValidation</c> that checks an input of this type.</summary>
    /// <param name="model">The first model that the parser gave for the input.</param>
    /// <param name="namespaceName">Where the validators are; empty for the global namespace.</param>
    public static string EntryPoint(ValidatedTypeModel model, string namespaceName) =>
        $"global::{(namespaceName.Length > 0 ? namespaceName + "." : "")}{ClassName}.Validate_{model.Identifier}";

    /// <summary>Writes the attributes that the types' own attributes need, once each; they come before the namespace.</summary>
    public static void WriteSuppressions(SourceWriter writer, IEnumerable<ValidatedTypeModel> types)
    {
        var members = types.SelectMany(static type => type.SuppressedMembers).Distinct().ToList();
        foreach (var member in members)
        {
            writer.Line($"[assembly: global::System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(\"Trimming\", \"IL2026:RequiresUnreferencedCode\", Scope = \"member\", Target = \"{member}\", Justification = \"The attribute is checked by generated code, without reflection.\")]");
        }

        if (members.Count > 0)
        {
            writer.Line();
        }
    }

    /// <summary>Writes a part of <c>JobsValidation</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="types">The types.</param>
    /// <param name="inputs">The identifiers of those that are inputs themselves, not only nested in some.</param>
    public static void Write(SourceWriter writer, EquatableArray<ValidatedTypeModel> types, EquatableArray<string> inputs)
    {
        writer.Open($"internal static partial class {ClassName}");
        for (var i = 0; i < types.Count; i++)
        {
            if (i > 0)
            {
                writer.Line();
            }

            Write(writer, types[i], inputs.Contains(types[i].Identifier));
        }

        writer.Close();
    }

    private static void Write(SourceWriter writer, ValidatedTypeModel model, bool isInput)
    {
        if (isInput)
        {
            EmitEntry(writer, model);
        }

        if (model.HasCheck)
        {
            SeparateIf(writer, isInput);
            EmitCheck(writer, model);
        }

        if (model.Fields.Count > 0)
        {
            SeparateIf(writer, isInput || model.HasCheck);
            EmitFields(writer, model);
        }
    }

    private static void SeparateIf(SourceWriter writer, bool isBehindMember)
    {
        if (isBehindMember)
        {
            writer.Line();
        }
    }

    private static void EmitEntry(SourceWriter writer, ValidatedTypeModel model)
    {
        var nullable = model.CanBeNull && !model.TypeName.EndsWith("?", StringComparison.Ordinal) ? "?" : "";
        writer.Line($"/// <summary>Checks an input against the rules of its type, and what is nested in it.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.ObsoleteIf(model.Used.IsObsoleteError);
        writer.Open($"internal static global::System.Collections.Generic.IReadOnlyList<global::Jobs.JobValidationError> Validate_{model.Identifier}({model.TypeName}{nullable} input, global::System.IServiceProvider? services)");
        writer.Line($"var errors = new {Collector}(services);");
        if (model.CanBeNull)
        {
            writer.Open("if (input is null)");
            writer.Line($"errors.AddMissing(\"\", {model.DisplayName});");
            writer.Close();
            if (model.HasCheck || model.Underlying is not null || model.MissingElements != ValidatedMissingElements.Allowed)
            {
                writer.Open("else");
                EmitRoot(writer, model);
                writer.Close();
            }
        }
        else
        {
            EmitRoot(writer, model);
        }

        writer.Line();
        writer.Line("return errors.ToList();");
        writer.Close();
    }

    private static void EmitRoot(SourceWriter writer, ValidatedTypeModel model)
    {
        EmitMissing(writer, model.MissingElements, "\"\"", "\"\"", "input");
        if (model.Underlying is { } underlying)
        {
            writer.Line($"Check_{underlying}(input.Value, ref errors);");
        }
        else if (model.HasCheck)
        {
            writer.Line($"Check_{model.Identifier}(input, ref errors);");
        }
    }

    private static void EmitCheck(SourceWriter writer, ValidatedTypeModel model)
    {
        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.ObsoleteIf(model.Used.IsObsoleteError);
        writer.Open($"private static void Check_{model.Identifier}({model.TypeName} value, ref {Collector} errors)");
        EmitDispatch(writer, model);
        writer.Open($"if (!errors.TryEnter({(model.IsRecursive ? "value" : "")}))");
        writer.Line("return;");
        writer.Close();

        var hasTypeRules = model.Rules.Count > 0 || model.IsValidatableObject;
        if (hasTypeRules)
        {
            writer.Line();
            writer.Line("var before = errors.Count;");
        }

        foreach (var member in model.Members.Where(member => member.HasOwnChecks))
        {
            ValidatorRuleEmitter.EmitMember(writer, model, member);
        }

        writer.Line();
        if (hasTypeRules)
        {
            ValidatorRuleEmitter.EmitTypeRules(writer, model);
        }

        EmitNested(writer, model);
        if (model.Elements is { } elements)
        {
            ValidatorElementsEmitter.Emit(writer, elements);
            writer.Line();
        }

        writer.Line("errors.Leave();");
        writer.Close();
    }

    private static void EmitDispatch(SourceWriter writer, ValidatedTypeModel model)
    {
        if (model.Subtypes.Count == 0)
        {
            return;
        }

        if (model.IsConcrete)
        {
            writer.Open($"if (value.GetType() != typeof({model.TypeName}))");
        }

        writer.Open("switch (value)");
        foreach (var subtype in model.Subtypes)
        {
            writer.Line($"case {subtype.TypeName} derived:");
            writer.Line($"    Check_{subtype.Identifier}(derived, ref errors);");
            writer.Line("    return;");
        }

        writer.Close();
        if (model.IsConcrete)
        {
            writer.Close();
        }

        writer.Line();
    }

    private static void EmitNested(SourceWriter writer, ValidatedTypeModel model)
    {
        foreach (var member in model.Members.Where(member => member.Nested is not null))
        {
            var name = Parsing.ValidationNames.Literal(member.Name);
            writer.Open($"if (value.{member.Access} is {{ }} in{member.Name})");
            writer.Line("var start = errors.Count;");
            writer.Line($"Check_{member.Nested}(in{member.Name}, ref errors);");
            writer.Line($"errors.Prefix(start, {name});");
            writer.Close();
            writer.Line();
        }
    }

    /// <summary>Reports the nulls of a collection.</summary>
    public static void EmitMissing(SourceWriter writer, ValidatedMissingElements missing, string member, string displayName, string value)
    {
        var method = missing switch
        {
            ValidatedMissingElements.NoElement => "AddMissingElements",
            ValidatedMissingElements.NoValue => "AddMissingValues",
            _ => null,
        };
        if (method is not null)
        {
            writer.Line($"errors.{method}({member}, {displayName}, {value});");
        }
    }

    private static void EmitFields(SourceWriter writer, ValidatedTypeModel model)
    {
        if (model.Fields.Any(field => field.IsUnsafeForTrimming))
        {
            writer.Line("[global::System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(\"Trimming\", \"IL2026:RequiresUnreferencedCode\", Justification = \"These attributes word messages only; lengths are read without reflection.\")]");
        }

        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.ObsoleteIf(model.Used.IsObsoleteError);
        writer.Open($"private static class Rules_{model.Identifier}");
        foreach (var field in model.Fields)
        {
            writer.Line($"internal static readonly {field.TypeName} {field.Name} = {field.Construction};");
        }

        writer.Close();
    }
}
