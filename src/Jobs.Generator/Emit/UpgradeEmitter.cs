using System.Globalization;
using Jobs.Generator.Models;

namespace Jobs.Generator.Emit;

/// <summary>Emits the former forms of a job's input, and the calls of the upgraders that lead from them.</summary>
internal static class UpgradeEmitter
{
    /// <summary>The descriptor's list.</summary>
    /// <param name="writer">Takes the code.</param>
    /// <param name="input">The input.</param>
    /// <param name="paths">The ways, nearest first.</param>
    public static void EmitList(SourceWriter writer, TypeNameModel input, IReadOnlyList<IReadOnlyList<UpgraderModel>> paths)
    {
        var steps = Steps(paths);
        writer.Open($"Upgrades = new global::Jobs.Metadata.JobInputUpgrade<{input.Name}>[]");
        foreach (var path in paths)
        {
            var old = path[0].Old;
            var call = path.Aggregate("input", (inner, upgrader) => $"{MethodName(steps, upgrader)}({inner}, services)");
            writer.Open($"new global::Jobs.Metadata.JobInputUpgrade<{old.TypeOf}, {input.Name}>");
            writer.Line($"Json = static options => (global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<{old.TypeOf}>)options.GetTypeInfo(typeof({old.TypeOf})),");
            writer.Line($"Upgrade = static (input, services) => {call},");
            writer.Close(",");
        }

        writer.Close(",");
    }

    /// <summary>One method per upgrader.</summary>
    public static void EmitMethods(SourceWriter writer, IReadOnlyList<IReadOnlyList<UpgraderModel>> paths)
    {
        var steps = Steps(paths);
        foreach (var step in steps)
        {
            var construction = $"new {step.Type}({string.Join(", ", step.Services.Select(ServiceExpression.Get))})";
            writer.Line();
            writer.Line($"private static {step.New.Name} {MethodName(steps, step)}({step.Old.TypeOf} input, global::System.IServiceProvider services) =>");
            writer.Line($"    ((global::Jobs.IJobInputUpgrader<{step.Old.Name}, {step.New.Name}>){construction}).Upgrade(input);");
        }
    }

    private static List<UpgraderModel> Steps(IReadOnlyList<IReadOnlyList<UpgraderModel>> paths) => [.. paths.SelectMany(static path => path).Distinct()];

    private static string MethodName(List<UpgraderModel> steps, UpgraderModel step) => "Upgrade" + (steps.IndexOf(step) + 1).ToString(CultureInfo.InvariantCulture);
}
