using Jobs.Generator.Models;
using Jobs.Generator.Parsing;

namespace Jobs.Generator.Emit;

/// <summary>Emits the schedules that a job declares.</summary>
internal static class ScheduleEmitter
{
    public static void Emit(SourceWriter writer, EquatableArray<ScheduleModel> schedules, JobSignatureModel signature)
    {
        var declaration = $"global::Jobs.Metadata.JobScheduleDeclaration<{signature.Input?.Name ?? "global::Jobs.Metadata.JobVoid"}>";
        writer.Open($"Schedules = new {declaration}[]");
        foreach (var schedule in schedules)
        {
            writer.Open($"new {declaration}");
            writer.Line($"Id = {Literals.Format(schedule.Id)},");
            writer.Line($"Cron = {Literals.Format(schedule.Cron)},");
            if (schedule.TimeZone is { } zone)
            {
                writer.Line($"TimeZone = {Literals.Format(zone)},");
            }

            foreach (var setting in schedule.Settings)
            {
                writer.Line($"{setting.Property} = {setting.Value},");
            }

            if (schedule.Input is { } input)
            {
                writer.Line($"Input = static () => {input},");
            }

            writer.Close(",");
        }

        writer.Close(",");
    }
}
