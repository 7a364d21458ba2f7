namespace Jobs.Chaos;

/// <summary>Schedules that are due every second. All processes ask for the same ones.</summary>
internal static class Ticker
{
    public static async Task ScheduleAsync(JobClient client, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            var options = new ScheduleOptions { Overlap = OverlapPolicy.Allow, CatchUp = CatchUpPolicy.All, MaxCatchUp = 1000 };
            await client.Plain.ScheduleAsync($"every-second-{i}", "* * * * * *", new Work(i, 0, false), options);
        }
    }
}
