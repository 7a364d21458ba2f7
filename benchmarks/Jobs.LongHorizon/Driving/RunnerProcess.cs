using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Jobs.LongHorizon.Driving;

/// <summary>The runner as a process, driven as the public harness drives it, and what it says.</summary>
internal sealed class RunnerProcess(string connectionString, int rate, string folder) : IAsyncDisposable
{
    /// <summary>The protocol's time to end in.</summary>
    private static readonly TimeSpan _timeToEnd = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _metrics = [];
    private TaskCompletionSource _described = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    /// <summary>The ranges of jobs whose enqueue returned, of all processes so far.</summary>
    public IReadOnlyList<string> Ledgers => [.. Directory.GetFiles(folder, "ledger-*").Order(StringComparer.Ordinal)];

    private string RateFile => Path.Combine(folder, "rate");

    public async Task StartAsync()
    {
        Ask(rate);
        _described = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(RunnerProcess).Assembly.Location);

        var database = new NpgsqlConnectionStringBuilder(connectionString);
        start.Environment["DATABASE_URL"] = string.Create(CultureInfo.InvariantCulture, $"postgres://{database.Username}:{database.Password}@{database.Host}:{database.Port}/{database.Database}");
        start.Environment["PRODUCER_RATE"] = rate.ToString(CultureInfo.InvariantCulture);
        start.Environment["PRODUCER_RATE_CONTROL_FILE"] = RateFile;
        start.Environment["WORKER_COUNT"] = "64";
        start.Environment["SAMPLE_EVERY_S"] = "1";
        start.Environment["LEASE_S"] = "5";
        start.Environment["LEDGER_FILE"] = Path.Combine(folder, $"ledger-{Ledgers.Count.ToString(CultureInfo.InvariantCulture)}");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _described.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Changes the rate of the producer.</summary>
    public void Ask(double jobsPerSecond) => File.WriteAllText(RateFile, jobsPerSecond.ToString(CultureInfo.InvariantCulture));

    /// <summary>The last value of a metric; zero before the first.</summary>
    public double Last(string metric)
    {
        lock (_lock)
            return _metrics.GetValueOrDefault(metric);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        lock (_lock)
            _metrics.Clear();
    }

    /// <summary>SIGTERM, and how long it took to end.</summary>
    public async Task<TimeSpan> EndAsync()
    {
        var start = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(_timeToEnd * 4);
        await _process.WaitForExitAsync(patience.Token);
        return Stopwatch.GetElapsedTime(start);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();

        _process?.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;

        using var record = JsonDocument.Parse(line);
        if (record.RootElement.GetProperty("kind").GetString() == "descriptor")
        {
            _described.TrySetResult();
            return;
        }

        lock (_lock)
            _metrics[record.RootElement.GetProperty("metric").GetString()!] = record.RootElement.GetProperty("value").GetDouble();
    }
}
