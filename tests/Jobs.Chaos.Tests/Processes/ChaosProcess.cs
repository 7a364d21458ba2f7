using System.Diagnostics;

namespace Jobs.Chaos.Tests.Processes;

/// <summary>A running process of the application. Whatever happens, it does not outlive its object.</summary>
internal sealed class ChaosProcess : IAsyncDisposable
{
    private const int KeptErrorLines = 40;

    private readonly Process _process;
    private readonly Action<ChaosProcess, Report> _onReport;
    private readonly Queue<string> _errors = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private bool _isStopped;

    private ChaosProcess(Process process, string description, Action<ChaosProcess, Report> onReport)
    {
        _process = process;
        _onReport = onReport;
        Id = process.Id;
        Description = description;
        _reading = Task.WhenAll(ReadReportsAsync(), ReadErrorsAsync());
    }

    public int Id { get; }

    public string Description { get; }

    /// <summary>Completes when the process has started its host; fails when it ended before.</summary>
    public Task Started => _started.Task;

    /// <summary>Completes when an enqueuer has stored what comes before the order to go on.</summary>
    public Task Prepared => _prepared.Task;

    public static ChaosProcess Start(string program, IEnumerable<KeyValuePair<string, string>> settings, Action<ChaosProcess, Report> onReport)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

        // Small processes: many of them are started, on a machine that may be busy.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program + ".dll"));
        foreach (var (key, value) in settings)
            start.ArgumentList.Add($"--{key}={value}");

        return new ChaosProcess(Process.Start(start)!, program, onReport);
    }

    /// <summary>SIGKILL: no handler, no farewell.</summary>
    public async Task KillAsync()
    {
        Signal.Kill(Id);
        await WaitForEndAsync();
    }

    /// <summary>SIGSTOP: the process is alive and does nothing.</summary>
    public void Stop()
    {
        Signal.Stop(Id);
        _isStopped = true;
    }

    public void Continue()
    {
        Signal.Continue(Id);
        _isStopped = false;
    }

    /// <summary>The order to an enqueuer to go on.</summary>
    public void Go() => _process.StandardInput.WriteLine("go");

    /// <summary>Asks the process to stop in good order, an enqueuer when it has enqueued what it shall, and waits for it.</summary>
    public async Task<int> ShutDownAsync()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        return await WaitForEndAsync();
    }

    /// <summary>Waits until the process has ended and all that it said has been read.</summary>
    public async Task<int> WaitForEndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }

    public override string ToString()
    {
        lock (_errors)
            return $"{Description} {Id}{(_process.HasExited ? " (ended)" : string.Empty)}:{Environment.NewLine}{string.Join(Environment.NewLine, _errors)}";
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            if (_isStopped)
                Continue();

            await WaitForEndAsync();
        }

        _process.Dispose();
    }

    private async Task ReadReportsAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Report.Parse(line) is not { } report)
                continue;

            _onReport(this, report);
            if (report.Event == "started")
                _started.TrySetResult();
            else if (report.Event == "prepared")
                _prepared.TrySetResult();
        }

        var end = new InvalidOperationException($"The process ended early. {this}");
        _started.TrySetException(end);
        _prepared.TrySetException(end);
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > KeptErrorLines)
                    _errors.Dequeue();
            }
        }
    }
}
