using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Jobs.Metadata;
using Jobs.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Benchmarks.Enqueue;

/// <summary>What an enqueue is made of: validating, serializing, and the whole call in memory.</summary>
[InProcess]
[MemoryDiagnoser]
public class EnqueueBenchmark
{
    private readonly MailTwin _twin = new() { To = Mail.Sample.To, Subject = Mail.Sample.Subject, Body = Mail.Sample.Body };
    private ServiceProvider _services = null!;
    private JobClient _client = null!;
    private RegisteredJob<Mail, JobVoid> _job = null!;
    private byte[] _payload = null!;

    [IterationSetup]
    public void SetUp()
    {
        _services = new ServiceCollection().AddSingleton<Arrivals>().AddJobs(jobs => jobs.UseInMemory().ClientOnly()).BuildServiceProvider();
        _client = _services.GetRequiredService<JobClient>();
        _job = (RegisteredJob<Mail, JobVoid>)_services.GetRequiredService<JobRegistry>().Find("no-op");
        _payload = _job.Write(Mail.Sample);
    }

    [IterationCleanup]
    public void CleanUp() => _services.Dispose();

    [Benchmark(OperationsPerInvoke = 100_000)]
    public void Validate_generated()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _ = _client.NoOp.Validate(Mail.Sample);
        }
    }

    [Benchmark(OperationsPerInvoke = 100_000)]
    public void Validate_framework()
    {
        var results = new List<ValidationResult>();
        for (var i = 0; i < 100_000; i++)
        {
            _ = Validator.TryValidateObject(_twin, new ValidationContext(_twin), results, validateAllProperties: true);
        }
    }

    [Benchmark(OperationsPerInvoke = 100_000)]
    public void Serialize_generated()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _ = _job.Write(Mail.Sample);
        }
    }

    [Benchmark(OperationsPerInvoke = 100_000)]
    public void Serialize_json_context()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _ = JsonSerializer.SerializeToUtf8Bytes(Mail.Sample, MailJson.Default.Mail);
        }
    }

    [Benchmark(OperationsPerInvoke = 100_000)]
    public void Deserialize_generated()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _ = _job.Read(_payload);
        }
    }

    [Benchmark(OperationsPerInvoke = 100_000)]
    public void Deserialize_json_context()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _ = JsonSerializer.Deserialize(_payload, MailJson.Default.Mail);
        }
    }

    [Benchmark(OperationsPerInvoke = 100_000)]
    public async Task Enqueue_in_memory()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _ = await _client.NoOp.EnqueueAsync(Mail.Sample);
        }
    }

    private sealed class MailTwin
    {
        [Required, EmailAddress]
        public required string To { get; init; }

        [Required, StringLength(200)]
        public required string Subject { get; init; }

        public required string Body { get; init; }
    }
}
