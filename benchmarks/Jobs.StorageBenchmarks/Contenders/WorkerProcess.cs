using System.Diagnostics;
using System.Globalization;
using Jobs.Benchmarks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>A worker of the product in a process of its own: this program, started again. It says all the time how many jobs it ran.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int Slots = 1000;
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ran;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>How many it had run when it last said so.</summary>
    public long Ran => Interlocked.Read(ref _ran);

    public static async Task<WorkerProcess> StartAsync(string connectionString)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);

        start.ArgumentList.Add("--work");
        start.ArgumentList.Add(connectionString);
        var worker = new WorkerProcess(Process.Start(start)!);
        worker._process.OutputDataReceived += (_, line) => worker.Hear(line.Data);
        worker._process.BeginOutputReadLine();
        await worker._started.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return worker;
    }

    /// <summary>What the process does: works until its input ends.</summary>
    public static async Task RunAsync(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var arrivals = Arrivals.Current;
        builder.Services.AddSingleton(arrivals);
        builder.Services.AddJobs(jobs => jobs.UsePostgreSql(connectionString).Worker(static worker => worker.Concurrency = Slots));
        using var host = builder.Build();
        _ = arrivals.Expect(long.MaxValue);
        await host.StartAsync();
        // The console's reader has no reading that does not block.
        var end = Task.Run(Console.In.ReadToEnd);
        while (!end.IsCompleted)
        {
            Console.WriteLine(arrivals.Count.ToString(CultureInfo.InvariantCulture));
            await Task.WhenAny(end, Task.Delay(_between));
        }

        await host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;

        Interlocked.Exchange(ref _ran, long.Parse(line, CultureInfo.InvariantCulture));
        _started.TrySetResult();
    }
}
