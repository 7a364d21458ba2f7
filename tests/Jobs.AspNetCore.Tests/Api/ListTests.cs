using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>Many jobs at once, and what belongs to none.</summary>
public class ListTests
{
    [Fact]
    public async Task Jobs_are_listed_by_every_condition_page_by_page()
    {
        await using var service = await TestService.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await service.SubmitAsync("greet", $$$"""{"input":{"name":"n{{{i}}}"},"options":{"delay":"1h","tags":["even{{{i % 2}}}","all"],"priority":{{{i % 2}}},"queue":"q{{{i % 2}}}"}}""");
        }

        Assert.Equal(3, await CountAsync("tag=even0"));
        Assert.Equal(5, await CountAsync("tag=even0&tag=even1&tagMatch=any"));
        Assert.Equal(2, await CountAsync("priority=1&queue=q1&name=greet&status=pending&createdFrom=2000-01-01T00:00:00%2B01:00"));
        Assert.Equal(0, await CountAsync("createdBefore=2000-01-01T00:00:00Z"));
        var names = new List<string>();
        var path = "/jobs?limit=2&includePayload=true";
        for (var cursor = string.Empty; ;)
        {
            var page = await service.GetAsync(path + cursor);
            names.AddRange(page.Body!["jobs"]!.AsArray().Select(j => j!["payload"]!["name"]!.GetValue<string>()));
            if (page.Body["nextCursor"] is not { } next)
            {
                break;
            }

            cursor = "&cursor=" + Uri.EscapeDataString(next.GetValue<string>());
        }

        Assert.Equal(["n4", "n3", "n2", "n1", "n0"], names);

        async Task<long> CountAsync(string query)
        {
            var answer = await service.GetAsync("/jobs/count?" + query);
            Assert.True(answer.Status == 200, answer.Body!.ToJsonString());
            return answer.Body!["count"]!.GetValue<long>();
        }
    }

    [Fact]
    public async Task Many_jobs_are_edited_promoted_cancelled_retried_and_deleted_by_a_filter()
    {
        await using var service = await TestService.StartAsync(jobs: static setup => setup.UseInMemory().ClientOnly());
        for (var i = 0; i < 3; i++)
        {
            await service.SubmitAsync("greet", """{"input":{"name":"n"},"options":{"delay":"1h","tags":["x"]}}""");
        }

        await service.SubmitAsync("greet", """{"input":{"name":"other"}}""");

        Assert.Equal(3, Count(await service.SendAsync(HttpMethod.Patch, "/jobs?tag=x", """{"priority":4}""")));
        Assert.Equal(3, Count(await service.PostAsync("/jobs/promote?priority=4")));
        Assert.Equal(3, Count(await service.PostAsync("/jobs/cancel?tag=x")));
        Assert.Equal(3, Count(await service.PostAsync("/jobs/retry?status=Cancelled")));
        Assert.Equal(3, Count(await service.SendAsync(HttpMethod.Delete, "/jobs?tag=x")));
        Assert.Equal(1, Count(await service.SendAsync(HttpMethod.Delete, "/jobs?all=true")));

        static long Count(Answer answer) => answer.Body!["count"]!.GetValue<long>();
    }

    [Fact]
    public async Task The_registry_has_every_job_with_its_schemas()
    {
        await using var service = await TestService.StartAsync();

        var list = await service.GetAsync("/jobs/registry");
        var greet = await service.GetAsync("/jobs/registry/greet");

        Assert.Contains("trees/sort", list.Body!["jobs"]!.AsArray().Select(j => j!["name"]!.GetValue<string>()));
        Assert.Equal("Greets somebody.", greet.Text("description"));
        Assert.NotNull(greet.Body!["inputSchema"]!["properties"]!["times"]);
        Assert.NotNull(greet.Body["resultSchema"]!["properties"]!["text"]);
        Assert.Equal(304, (await service.GetAsync("/jobs/registry", null, ("If-None-Match", list.Headers["ETag"]))).Status);
    }

    [Fact]
    public async Task Workers_and_statistics_are_listed()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada"}}""");
        await service.GetAsync($"/jobs/{id}/wait");

        var statistics = await service.GetAsync("/jobs/statistics");
        Assert.Equal(200, statistics.Status);
        var workers = await service.GetAsync("/jobs/workers");

        Assert.Equal(Environment.MachineName, Assert.Single(workers.Body!["workers"]!.AsArray())!["host"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_queue_is_paused_and_resumed()
    {
        await using var service = await TestService.StartAsync();

        Assert.Equal(204, (await service.PostAsync("/jobs/queues/mail/pause")).Status);
        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada"}}""");
        var paused = (await service.GetAsync("/jobs/queues")).Body!["queues"]!.AsArray().Single(q => q!["name"]!.GetValue<string>() == "mail")!;
        Assert.Equal((true, 1), (paused["isPaused"]!.GetValue<bool>(), paused["pending"]!.GetValue<int>()));
        Assert.Equal(204, (await service.PostAsync("/jobs/queues/mail/resume")).Status);
        Assert.Equal(200, (await service.GetAsync($"/jobs/{id}/wait")).Status);
        Assert.Equal((400, "invalid-option"), ((await service.PostAsync("/jobs/queues/no%20queue/pause")).Status, (await service.PostAsync("/jobs/queues/no%20queue/pause")).Code));
    }

    [Fact]
    public async Task Events_are_streamed_as_they_happen()
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jobs/events?kind=Completed&name=greet");
        using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestService.Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestService.Cancellation));
        Assert.Equal(": ", await reader.ReadLineAsync(TestService.Cancellation));

        var id = await service.SubmitAsync("greet", """{"input":{"name":"Ada"}}""");
        string? line;
        while ((line = await reader.ReadLineAsync(TestService.Cancellation)) != "event: completed")
        {
            Assert.NotNull(line);
        }

        Assert.Contains(id, await reader.ReadLineAsync(TestService.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedules_are_put_read_edited_paused_triggered_and_removed()
    {
        await using var service = await TestService.StartAsync();
        const string path = "/jobs/schedules/daily:mail";

        var created = await service.SendAsync(HttpMethod.Put, path, """{"jobName":"greet","cron":"0 2 * * *","timeZone":"UTC","input":{"name":"Ada"},"options":{"tags":["t"]}}""");
        Assert.True(created.Status == 201, created.Body!.ToJsonString());
        Assert.Equal(200, (await service.SendAsync(HttpMethod.Put, path, """{"jobName":"greet","cron":"0 3 * * *","input":{"name":"Ada"}}""")).Status);
        Assert.Equal(("0 3 * * *", "Ada"), ((await service.GetAsync(path)).Text("cron"), (await service.GetAsync(path)).Body!["input"]!["name"]!.GetValue<string>()));
        Assert.Equal(204, (await service.SendAsync(HttpMethod.Patch, path, """{"cron":"0 4 * * *"}""")).Status);
        Assert.Equal(204, (await service.PostAsync(path + "/pause?reason=holidays")).Status);
        Assert.Equal("holidays", (await service.GetAsync(path)).Text("pausedReason"));
        Assert.Equal(204, (await service.PostAsync(path + "/resume")).Status);
        Assert.Equal(3, (await service.GetAsync(path + "/times?count=3")).Body!["times"]!.AsArray().Count);
        var triggered = await service.PostAsync(path + "/trigger");
        Assert.Equal("daily:mail", (await service.GetAsync(triggered.Headers["Location"])).Text("scheduleId"));
        Assert.Single((await service.GetAsync("/jobs/schedules?jobName=greet")).Body!["schedules"]!.AsArray());
        Assert.Equal(204, (await service.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal((404, "not-found"), ((await service.GetAsync(path)).Status, (await service.GetAsync(path)).Code));
        var wrong = await service.SendAsync(HttpMethod.Put, path, """{"jobName":"greet","cron":"whenever","input":{"name":"Ada"}}""");
        Assert.Equal((400, "invalid-schedule"), (wrong.Status, wrong.Code));
    }
}
