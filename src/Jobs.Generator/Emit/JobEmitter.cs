using Jobs.Generator.Composition;
using Jobs.Generator.Models;
using Jobs.Generator.Parsing;

namespace Jobs.Generator.Emit;

/// <summary>Emits one job: its descriptor, and the method that builds, calls and disposes its handler.</summary>
internal static class JobEmitter
{
    private const string Metadata = "global::System.Text.Json.Serialization.Metadata.JsonTypeInfo";

    public static SourceWriter Emit(JobModel job, AssemblyModel assembly, EquatableArray<string> clashes, EquatableArray<UpgraderModel> upgraders)
    {
        var upgrades = job is { Signature.Input: { } input, Handler: not null } ? UpgradePaths.To(input.TypeOf, upgraders) : [];
        var used = upgrades.SelectMany(static path => path).Select(static upgrader => upgrader.Used).Prepend(job.Used).ToList();
        var writer = SourceWriter.StartFile(used.SelectMany(static symbols => symbols.Suppressed));
        writer.Line($"namespace {assembly.Namespace};").Line();
        writer.Open($"partial class {assembly.JobAssemblyName}");
        writer.Line($"/// <summary>The job <c>{XmlText.Escape(job.Name)}</c>.</summary>");
        writer.Line(EmittedCode.GeneratedCodeAttribute);
        writer.ObsoleteIf(used.Any(static symbols => symbols.IsObsoleteError));
        writer.Open($"private static class {JobMemberName.Get(job.TypeName, clashes)}");
        if (job.Signature is { } signature)
        {
            EmitDescriptor(writer, job, signature, assembly, upgrades);
            if (job.Handler is { } handler)
            {
                writer.Line();
                InvokerEmitter.Emit(writer, signature, handler);
            }

            UpgradeEmitter.EmitMethods(writer, upgrades);
        }

        return writer.Close().Close();
    }

    private static void EmitDescriptor(SourceWriter writer, JobModel job, JobSignatureModel signature, AssemblyModel assembly, IReadOnlyList<IReadOnlyList<UpgraderModel>> upgrades)
    {
        writer.Open($"public static global::Jobs.Metadata.JobDescriptor Create() => new global::Jobs.Metadata.JobDescriptor<{signature.DescriptorArguments}>");
        writer.Line($"Name = {Literals.Format(job.Name)},");
        if (job.Aliases.Count > 0)
        {
            writer.Line($"Aliases = new string[] {{ {string.Join(", ", job.Aliases.Select(Literals.Format))} }},");
        }

        if (job.Description is { } description)
        {
            writer.Line($"Description = {Literals.Format(description)},");
        }

        if (job.Settings.Count > 0)
        {
            writer.Open("Defaults = new global::Jobs.Metadata.JobDefaults");
            foreach (var setting in job.Settings)
            {
                writer.Line($"{setting.Property} = {setting.Value},");
            }

            writer.Close(",");
        }

        if (job.ContractType is { } contract)
        {
            writer.Line($"ContractType = typeof({contract}),");
        }

        if (job.Schedules.Count > 0)
        {
            ScheduleEmitter.Emit(writer, job.Schedules, signature);
        }

        if (job.Handler is { } handler)
        {
            writer.Line($"HandlerType = typeof({handler.Type}),");
            writer.Line("Invoke = InvokeAsync,");
        }

        EmitJson(writer, "InputJson", signature.Input, job.JsonContext);
        if (job.ValidatedTypes.Count > 0)
        {
            writer.Line($"Validate = {ValidatorEmitter.EntryPoint(job.ValidatedTypes[0], assembly.Namespace)},");
        }

        if (upgrades.Count > 0)
        {
            UpgradeEmitter.EmitList(writer, signature.Input!, upgrades);
        }

        EmitJson(writer, "ResultJson", signature.Result, job.JsonContext);
        if (signature.Result is { IsNullable: true })
        {
            writer.Line("AllowsNullResult = true,");
        }

        writer.Close(";");
    }

    private static void EmitJson(SourceWriter writer, string property, TypeNameModel? type, string? jsonContext)
    {
        if (type is null)
        {
            return;
        }

        if (jsonContext is null)
        {
            writer.Line($"{property} = static options => ({Metadata}<{type.Name}>)options.GetTypeInfo(typeof({type.TypeOf})),");
        }
        else
        {
            var missing = Literals.Format($"{Readable(jsonContext)} needs [JsonSerializable(typeof({Readable(type.TypeOf)}))].");
            writer.Line($"{property} = static _ => ({Metadata}<{type.Name}>)({jsonContext}.Default.GetTypeInfo(typeof({type.TypeOf})) ?? throw new global::System.InvalidOperationException({missing})),");
        }
    }

    private static string Readable(string type) => type.Replace("global::", "");
}
