using System.Text;
using System.Text.Json;
using Jobs.Metadata;
using Jobs.Storage;
using Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Client;

/// <summary>Redacted values reach handlers and callers, and nobody who looks.</summary>
public sealed class RedactionTests
{
    private const string Secret = "correct horse";
    private const string Key = "battery staple";
    private const string Hidden = "[redacted]";

    [Fact]
    public async Task The_handler_and_the_caller_get_the_values_and_who_looks_does_not()
    {
        LoginInput? seen = null;
        await using var host = await TestHost.StartAsync(Logins(input => seen = input));
        var handle = await host.Client<LoginInput, LoginResult>("login").EnqueueAsync(new("ada", Secret, [new("mail", Secret)]));

        Assert.Equal(new LoginResult(Key, 7), await handle.WaitForResultAsync().WaitAsync(TestHost.Limit));
        Assert.Equal((Secret, Secret), (seen!.Password, seen.Others[0].Password));
        var status = await handle.GetStatusAsync();
        Assert.Equal(new LoginResult(Key, 7), status.Result);

        var got = await host.Manager.GetAsync(handle.Id);
        var listed = Assert.Single((await host.Manager.ListAsync(new JobFilter { IncludePayload = true, IncludeResult = true })).Jobs);
        var waited = await host.Manager.WaitAsync(handle.Id);
        Assert.All([got!, listed], job => Assert.Equal($$"""{"name":"ada","password":"{{Hidden}}","others":[{"name":"mail","password":"{{Hidden}}"}]}""", job.Payload!.Value.GetRawText()));
        Assert.All([got!, listed, waited, status], job => Assert.Equal($$"""{"key":"{{Hidden}}","days":7}""", job.ResultJson!.Value.GetRawText()));
        Assert.All([got!, listed, waited, status], job => Assert.DoesNotContain(Secret, job.ToJson(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_stored_is_shown_to_who_asks_for_it_by_name()
    {
        await using var host = await TestHost.StartAsync(Logins());
        var handle = await host.Client<LoginInput, LoginResult>("login").EnqueueAsync(new("ada", Secret, []));
        await handle.WaitForResultAsync().WaitAsync(TestHost.Limit);

        var revealed = await host.Manager.RevealAsync(handle.Id);

        Assert.Equal((Secret, Key), (revealed!.Payload!.Value.GetProperty("password").GetString(), revealed.ResultJson!.Value.GetProperty("key").GetString()));
        Assert.Null(await host.Manager.RevealAsync(JobId.New()));
    }

    [Fact]
    public async Task Nothing_of_it_is_in_logs_events_or_errors()
    {
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add(TestJob.Of<LoginInput, LoginResult>("login", static (_, _, _) => throw new InvalidOperationException("no"), new JobDefaults { MaxAttempts = 1 }, validate: Validate)),
            jobs => jobs.Events(events => events.IsStored = true));
        var client = host.Client<LoginInput, LoginResult>("login");
        var told = new StringBuilder();
        var handle = await client.EnqueueAsync(new("ada", Secret, []));
        told.Append(await Assert.ThrowsAsync<JobFailedException>(() => handle.WaitForCompletionAsync().WaitAsync(TestHost.Limit)));
        told.Append(await Assert.ThrowsAsync<JobValidationException>(async () => await client.EnqueueAsync(new("", Secret, []))));
        told.Append(await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.SubmitAsync("login", Json($$"""{"name":"ada","password":["{{Secret}}"],"others":[]}"""))));
        told.Append(await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.SubmitAsync("login", Json($$"""{"name":1,"password":"{{Secret}}","others":[]}"""))));
        foreach (var line in host.Logs.Lines)
            told.Append(line);

        Assert.DoesNotContain(Secret, told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_has_the_values_for_its_handler_and_a_new_run_and_not_for_who_looks()
    {
        var letters = new List<DeadLetter>();
        var runs = new List<LoginInput>();
        await using var host = await TestHost.StartAsync(new TestAssembly()
            .Add(TestJob.Of<LoginInput, LoginResult>(
                "login",
                (input, context, _) =>
                {
                    runs.Add(input);
                    throw context.Fail("no");
                },
                new JobDefaults { DeadLetterTo = "letters" }))
            .Add<DeadLetter>("letters", (letter, _, _) =>
            {
                letters.Add(letter);
                return Task.CompletedTask;
            }));
        var handle = await host.Client<LoginInput, LoginResult>("login").EnqueueAsync(new("ada", Secret, []));
        await Assert.ThrowsAsync<JobFailedException>(() => handle.WaitForCompletionAsync().WaitAsync(TestHost.Limit));
        var letter = (await handle.GetStatusAsync()).DeadLetterJobId!.Value;
        await host.Manager.WaitAsync(letter).WaitAsync(TestHost.Limit);

        Assert.Contains(Secret, Assert.Single(letters).RawPayload, StringComparison.Ordinal);
        foreach (var shown in new[] { (await host.Manager.GetAsync(letter))!, (await host.Manager.ListAsync(new JobFilter { Name = "letters", IncludePayload = true })).Jobs[0] })
        {
            Assert.DoesNotContain(Secret, shown.ToJson(), StringComparison.Ordinal);
            Assert.Contains("ada", shown.Payload!.Value.GetProperty("rawPayload").GetString(), StringComparison.Ordinal);
        }

        var again = await host.Manager.RedriveAsync(letter);
        await Assert.ThrowsAsync<JobFailedException>(() => again!.WaitForCompletionAsync().WaitAsync(TestHost.Limit));
        Assert.Equal([Secret, Secret], runs.Select(input => input.Password));
    }

    [Fact]
    public async Task A_schedules_input_is_redacted_and_its_runs_have_it()
    {
        LoginInput? seen = null;
        await using var host = await TestHost.StartAsync(Logins(input => seen = input));
        var schedules = host.Services.GetRequiredService<IJobSchedules>();

        var created = await schedules.ScheduleAsync("nightly", "login", "@daily", Json($$"""{"name":"ada","password":"{{Secret}}","others":[]}"""));
        var listed = Assert.Single(await schedules.ListAsync());
        var got = await schedules.GetAsync("nightly");
        await schedules.EditAsync("nightly", new ScheduleEdit { Cron = "@hourly" });
        var run = await schedules.TriggerAsync("nightly");
        await run!.WaitForCompletionAsync().WaitAsync(TestHost.Limit);

        Assert.All([created, listed, got!], schedule => Assert.Equal(Hidden, schedule.Input!.Value.GetProperty("password").GetString()));
        Assert.Equal(Secret, seen!.Password);
    }

    [Fact]
    public async Task What_was_shown_is_not_taken_for_a_value()
    {
        await using var host = await TestHost.StartAsync(Logins(), jobs => jobs.ClientOnly());
        var handle = await host.Client<LoginInput, LoginResult>("login").EnqueueAsync(new("ada", Secret, []));
        var shown = (await host.Manager.GetAsync(handle.Id))!.Payload!.Value;

        foreach (var send in new Func<Task>[]
        {
            async () => await host.Manager.SubmitAsync("login", shown),
            async () => await host.Manager.EditAsync(handle.Id, new JobEdit { Input = shown }),
            async () => await host.Services.GetRequiredService<IJobSchedules>().ScheduleAsync("s", "login", "@daily", shown),
        })
        {
            var refusal = await Assert.ThrowsAsync<JobValidationException>(send);
            Assert.Equal("Redacted", Assert.Single(refusal.Errors).Rule);
        }

        Assert.Equal(Secret, (await host.Manager.RevealAsync(handle.Id))!.Payload!.Value.GetProperty("password").GetString());
        Assert.Equal(1, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task A_copy_and_a_retry_run_with_the_values()
    {
        var runs = new List<string>();
        await using var host = await TestHost.StartAsync(Logins(input => runs.Add(input.Password)));
        var handle = await host.Client<LoginInput, LoginResult>("login").EnqueueAsync(new("ada", Secret, []));
        await handle.WaitForResultAsync().WaitAsync(TestHost.Limit);
        await (await host.Manager.ResubmitAsync(handle.Id))!.WaitForCompletionAsync().WaitAsync(TestHost.Limit);

        Assert.Equal([Secret, Secret], runs);
    }

    [Fact]
    public async Task Input_and_result_of_a_job_that_is_not_known_here_are_hidden_as_a_whole()
    {
        await using var host = await TestHost.StartAsync(Logins(), jobs => jobs.ClientOnly());
        var stored = await host.Storage.InsertAsync(new JobRecord { Name = "elsewhere", Queue = "default", Payload = "{\"password\":\"p\"}"u8.ToArray(), Policy = JobPolicy.Default }, null, default);

        Assert.Equal(Hidden, (await host.Manager.GetAsync(stored.Id))!.Payload!.Value.GetString());
        Assert.Equal("p", (await host.Manager.RevealAsync(stored.Id))!.Payload!.Value.GetProperty("password").GetString());
    }

    [Fact]
    public async Task Tests_of_an_application_see_its_inputs_themselves()
    {
        await using var host = await TestHost.StartAsync(Logins(), jobs => jobs.ClientOnly());
        await host.Client<LoginInput, LoginResult>("login").EnqueueAsync(new("ada", Secret, []));

        Assert.Equal(Secret, Assert.Single(await host.Manager.InputsOfAsync(host.Client<LoginInput, LoginResult>("login"))).Password);
    }

    private static TestAssembly Logins(Action<LoginInput>? handler = null) => new TestAssembly().Add(TestJob.Of<LoginInput, LoginResult>("login", (input, _, _) =>
    {
        handler?.Invoke(input);
        return new(new LoginResult(Key, 7));
    }));

    private static IReadOnlyList<JobValidationError> Validate(LoginInput? input, IServiceProvider? services) =>
        input!.Name.Length == 0 ? [new("Name", "The name is required.", "Required")] : [];

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    internal sealed record LoginInput(string Name, [property: Redacted] string Password, Account[] Others);

    internal sealed record Account(string Name, [property: Redacted] string Password);

    internal sealed record LoginResult([property: Redacted] string Key, int Days);
}
