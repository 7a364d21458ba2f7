using FluentValidation;
using Jobs.Metadata;
using Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Client;

public sealed class TypedClientTests
{
    private static TestAssembly Jobs => new TestAssembly()
        .Add(TestJob.Of<Order, int>("order", static (input, _, _) => new(input.Quantity), validate: static (input, _) => input is null
            ? [new(string.Empty, "The input is required.", "Required")]
            : input.Quantity > 0 ? [] : [new("Quantity", "It must be positive.", "Range")]))
        .Add<int, int>("number", static (input, _, _) => new(input));

    [Fact]
    public async Task Invalid_input_is_refused_with_every_problem_and_nothing_is_stored()
    {
        await using var host = TestHost.Build([Jobs]);
        var client = host.Client<Order, int>("order");
        var refusal = await Assert.ThrowsAsync<JobValidationException>(async () => await client.EnqueueAsync(new Order(0, "x")));
        Assert.Equal(new JobValidationError("Quantity", "It must be positive.", "Range"), Assert.Single(refusal.Errors));
        Assert.Equal("The input of job 'order' is invalid: Quantity: It must be positive.", refusal.Message);
        await Assert.ThrowsAsync<JobValidationException>(async () => await client.EnqueueAsync(null!));
        var tried = await client.TryEnqueueAsync(new Order(-1, "x"));
        Assert.Null(tried.Handle);
        Assert.Single(tried.Errors);
        Assert.Single(client.Validate(new Order(0, "x")));
        Assert.Empty(client.Validate(new Order(1, "x")));
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
        Assert.NotNull((await client.TryEnqueueAsync(new Order(1, "x"))).Handle);
    }

    [Fact]
    public async Task Own_validators_are_scoped_and_count_at_enqueue_and_at_execution()
    {
        var rules = new Rules();
        await using var host = await TestHost.StartAsync(
            Jobs,
            services: services => services.AddSingleton(rules).AddScoped<ScopedThing>().AddScoped<IJobInputValidator<Order>, OwnValidator>().AddScoped<IJobInputValidator<Order>, FluentOrderValidator>());
        var client = host.Client<Order, int>("order");
        Assert.Equal("Sku", Assert.Single((await client.TryEnqueueAsync(new Order(1, string.Empty))).Errors).Member);
        var handle = await client.EnqueueAsync(new Order(3, "sku"), new() { Delay = "300ms" });
        rules.Forbidden = "sku";
        var job = await handle.EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.InvalidPayload, 1), (job.Status, job.FailureReason, job.Attempt));
        Assert.Equal("The stored payload breaks the input's rules: Sku: 'sku' is forbidden.", job.Error);
    }

    [Fact]
    public async Task A_bulk_enqueue_keeps_the_order_and_empty_in_is_empty_out()
    {
        await using var host = await TestHost.StartAsync(Jobs);
        var client = host.Client<int, int>("number");
        Assert.Empty(await client.EnqueueManyAsync([], new EnqueueOptions { IdempotencyKey = "k" }));
        var handles = await client.EnqueueManyAsync([3, 1, 2]);
        var results = await Task.WhenAll(handles.Select(static handle => handle.WaitForResultAsync())).SoonAsync();
        Assert.Equal([3, 1, 2], results);
        var own = await client.EnqueueManyAsync([(7, new EnqueueOptions { IdempotencyKey = "a" }), (8, null), (9, new EnqueueOptions { IdempotencyKey = "a", Queue = "q" })]);
        Assert.Equal(own[0].Id, own[2].Id);
        Assert.True(own[2].WasDeduplicated);
    }

    [Fact]
    public async Task A_bulk_enqueue_is_all_or_nothing_and_says_which_input_is_wrong()
    {
        await using var host = TestHost.Build([Jobs]);
        var client = host.Client<Order, int>("order");
        var refusal = await Assert.ThrowsAsync<JobValidationException>(async () => await client.EnqueueManyAsync([new Order(1, "a"), new Order(0, "b"), null!]));
        Assert.Equal(["[1].Quantity", "[2]"], refusal.Errors.Select(static error => error.Member));
        var id = await Assert.ThrowsAsync<JobException>(async () => await client.EnqueueManyAsync([new Order(1, "a"), new Order(2, "b")], new EnqueueOptions { Id = JobId.New() }));
        Assert.Equal("EnqueueOptions.Id is refused: one value cannot be that of 2 jobs; use the overload with options per input. Nothing was stored.", id.Message);
        await Assert.ThrowsAsync<JobException>(async () => await client.EnqueueManyAsync([new Order(1, "a"), new Order(2, "b")], new EnqueueOptions { IdempotencyKey = "k" }));
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
        Assert.Single(await client.EnqueueManyAsync([new Order(1, "a")], new EnqueueOptions { IdempotencyKey = "k" }));
    }

    [Fact]
    public async Task A_cancelled_token_stores_nothing()
    {
        await using var host = TestHost.Build([Jobs]);
        var client = host.Client<int, int>("number");
        var cancelled = new CancellationToken(true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.EnqueueAsync(1, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.TryEnqueueAsync(1, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.EnqueueManyAsync([1, 2], cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await host.Manager.SubmitAsync("number", System.Text.Json.JsonSerializer.SerializeToElement(1), cancellationToken: cancelled));
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task A_payload_beyond_the_limit_is_refused()
    {
        await using var host = TestHost.Build([new TestAssembly().Add<string, int>("text", static (input, _, _) => new(input.Length))], static jobs => jobs.Limits(static limits => limits.MaxPayloadBytes = 2000));
        await host.Client<string, int>("text").EnqueueAsync(new string('x', 1998));
        var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Client<string, int>("text").EnqueueAsync(new string('x', 1999)));
        Assert.Equal((JobErrorCodes.PayloadTooLarge, "The input of job 'text' has 2,001 bytes as JSON; 2,000 are allowed. Store large data elsewhere and send a reference, or raise Limits.MaxPayloadBytes."), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task A_disabled_job_cannot_be_enqueued_and_what_is_queued_waits()
    {
        var storage = (await TestHost.StartAsync(Jobs, static jobs => jobs.ClientOnly())).Storage;
        await using var other = TestHost.Build([Jobs], static jobs => jobs.ClientOnly(), storage: storage);
        var queued = await other.Client<int, int>("number").EnqueueAsync(1);
        await using var host = await TestHost.StartAsync(new TestAssembly()
            .Add<int, int>("number", static (input, _, _) => new(input), new JobDefaults { Disabled = true })
            .Add<int, int>("enabled", static (input, _, _) => new(input)), storage: storage);
        var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Client<int, int>("number").EnqueueAsync(1));
        Assert.Equal((JobErrorCodes.Disabled, "Job 'number' is switched off ([Job(Disabled = true)]). Nothing was stored; switch it on to enqueue it."), (refusal.Code, refusal.Message));
        Assert.Equal(2, await (await host.Client<int, int>("enabled").EnqueueAsync(2)).WaitForResultAsync().SoonAsync());

        // Known to a live worker, so that it does not fail for want of a handler either.
        await storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.Zero), default);
        Assert.Equal(JobStatus.Pending, (await queued.GetStatusAsync()).Status);
    }

    [Fact]
    public async Task The_id_of_another_kind_of_job_is_not_found()
    {
        await using var host = TestHost.Build([Jobs]);
        var handle = await host.Client<int, int>("number").EnqueueAsync(1);
        Assert.NotNull(await host.Client<int, int>("number").GetAsync(handle.Id));
        Assert.Null(await host.Client<Order, int>("order").GetAsync(handle.Id));
        Assert.Null(await host.Client<int, int>("number").GetAsync(JobId.New()));
    }

    [Fact]
    public async Task A_test_double_takes_the_place_of_a_client_everywhere()
    {
        var registered = TestHost.Build([Jobs], services: static services => services.AddKeyedSingleton<IJobClient<int, int>>("number", static (_, _) => new Double()));
        await using (registered)
        {
            Assert.IsType<Double>(registered.Client<int, int>("number"));
            Assert.IsType<Double>(registered.Services.GetRequiredService<IJobClientProvider>().Get<int, int>("number"));
        }
    }

    private sealed record Order(int Quantity, string Sku);

    private sealed class Rules
    {
        public string? Forbidden { get; set; }
    }

    private sealed class ScopedThing;

    private sealed class OwnValidator(Rules rules, ScopedThing thing) : IJobInputValidator<Order>
    {
        public IEnumerable<JobValidationError> Validate(Order input)
        {
            Assert.NotNull(thing);
            if (input.Sku == rules.Forbidden)
            {
                yield return new JobValidationError("Sku", $"'{input.Sku}' is forbidden.", "Own");
            }
        }
    }

    /// <summary>A FluentValidation validator, adapted.</summary>
    private sealed class FluentOrderValidator : AbstractValidator<Order>, IJobInputValidator<Order>
    {
        public FluentOrderValidator() => RuleFor(static order => order.Sku).NotEmpty();

        IEnumerable<JobValidationError> IJobInputValidator<Order>.Validate(Order input) =>
            Validate(input).Errors.Select(static failure => new JobValidationError(failure.PropertyName, failure.ErrorMessage, failure.ErrorCode));
    }

    private sealed class Double : IJobClient<int, int>
    {
        public string Name => "number";

        public ValueTask<JobHandle<int>> EnqueueAsync(int input, EnqueueOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<JobHandle<int>>> EnqueueManyAsync(IEnumerable<int> inputs, EnqueueOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<JobHandle<int>>> EnqueueManyAsync(IEnumerable<(int Input, EnqueueOptions? Options)> inputs, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<EnqueueResult<JobHandle<int>>> TryEnqueueAsync(int input, EnqueueOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IReadOnlyList<JobValidationError> Validate(int input) => [];

        public ValueTask<JobHandle<int>?> GetAsync(JobId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
