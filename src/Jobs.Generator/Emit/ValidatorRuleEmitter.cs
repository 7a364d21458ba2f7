using Jobs.Generator.Models;
using Jobs.Generator.Parsing;

namespace Jobs.Generator.Emit;

/// <summary>Writes the rules of members and of types.</summary>
internal static class ValidatorRuleEmitter
{
    /// <summary>The rules of one member: null first, which hides the verdicts of the others.</summary>
    public static void EmitMember(SourceWriter writer, ValidatedTypeModel model, ValidatedMemberModel member)
    {
        var name = ValidationNames.Literal(member.Name);
        writer.Line().Open("");
        writer.Line($"var member = value.{member.Access};");
        var isGuarded = false;
        if (member.Required is { } required)
        {
            if (required.IsBroken is { } isBroken)
            {
                writer.Open($"if ({Fill(isBroken, "member", model, member)})");
                EmitFailure(writer, required, name, member.DisplayName);
                writer.Close();
                isGuarded = true;
            }
            else
            {
                writer.Line($"var required = errors.Count;");
                EmitRule(writer, required, model, name, member.DisplayName, "member", member);
                writer.Open("if (errors.Count == required)");
            }
        }

        if (member.IsNonNullable && !(member.Required is { IsBroken: not null }))
        {
            writer.Open("if (member is null)");
            writer.Line($"errors.AddMissing({name}, {member.DisplayName});");
            writer.Close();
            isGuarded = true;
        }

        var hasMore = member.Rules.Count > 0 || member.MissingElements != ValidatedMissingElements.Allowed;
        if (hasMore)
        {
            if (isGuarded)
            {
                writer.Open("else");
            }

            foreach (var rule in member.Rules)
            {
                EmitRule(writer, rule, model, name, member.DisplayName, "member", member);
            }

            ValidatorEmitter.EmitMissing(writer, member.MissingElements, name, member.DisplayName, "member");
            if (isGuarded)
            {
                writer.Close();
            }
        }

        if (member.Required is { IsBroken: null })
        {
            writer.Close();
        }

        writer.Close();
    }

    /// <summary>The type's own attributes, if no member failed; then the object itself, if these did not fail either.</summary>
    public static void EmitTypeRules(SourceWriter writer, ValidatedTypeModel model)
    {
        if (model.Rules.Count > 0)
        {
            writer.Open("if (errors.Count == before)");
            foreach (var rule in model.Rules)
            {
                EmitRule(writer, rule, model, "\"\"", model.DisplayName, "value", null);
            }

            writer.Close();
            writer.Line();
        }

        if (model.IsValidatableObject)
        {
            writer.Open("if (errors.Count == before)");
            writer.Line($"errors.Add(((global::System.ComponentModel.DataAnnotations.IValidatableObject)value).Validate(errors.CreateContext(value, {model.DisplayName}, null)));");
            writer.Close();
            writer.Line();
        }
    }

    private static void EmitRule(SourceWriter writer, ValidationRuleModel rule, ValidatedTypeModel model, string name, string displayName, string value, ValidatedMemberModel? member)
    {
        if (rule.IsBroken is { } isBroken)
        {
            writer.Open($"if ({Fill(isBroken, value, model, member)})");
            EmitFailure(writer, rule, name, displayName);
            writer.Close();
        }
        else
        {
            writer.Line($"errors.Add({name}, {Fill(rule.Result!, value, model, member)}, {rule.Attribute}, {displayName}, {ValidationNames.Literal(rule.Name)});");
        }
    }

    private static void EmitFailure(SourceWriter writer, ValidationRuleModel rule, string name, string displayName) =>
        writer.Line($"errors.Add({name}, {rule.Attribute}.FormatErrorMessage({displayName}), {ValidationNames.Literal(rule.Name)});");

    private static string Fill(string expression, string value, ValidatedTypeModel model, ValidatedMemberModel? member)
    {
        if (expression.Contains(ValidationRuleModel.Context))
        {
            expression = expression.Replace(ValidationRuleModel.Context, member is null
                ? $"errors.CreateContext(value, {model.DisplayName}, null)"
                : $"errors.CreateContext(value, {member.DisplayName}, {ValidationNames.Literal(member.Name)})");
        }

        return expression.Replace(ValidationRuleModel.Owner, "value").Replace(ValidationRuleModel.Value, value);
    }
}
