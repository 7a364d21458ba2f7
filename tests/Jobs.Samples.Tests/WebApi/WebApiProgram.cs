using System.Diagnostics;
using System.Reflection;

namespace Jobs.Samples.Tests.WebApi;

/// <summary>The sample as a program, with its data in a folder of its own.</summary>
public sealed class WebApiProgram : IAsyncLifetime
{
    private const string Listening = "Now listening on: ";
    private readonly string _data = Directory.CreateTempSubdirectory("jobs-webapi-").FullName;
    private Process? _process;
    private Task? _rest;

    public string Address { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(Read("Repository"), "samples", "WebApi", "bin", Read("Configuration"), "net10.0", "WebApi.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--Data", _data]) { RedirectStandardOutput = true, WorkingDirectory = _data };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                Address = line[(at + Listening.Length)..].Trim();

                // Read on: a program whose output nobody takes would stop one day.
                _rest = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"{program} has ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            await (_rest ?? Task.CompletedTask);
            _process.Dispose();
        }

        Directory.Delete(_data, recursive: true);
    }

    private static string Read(string key) => typeof(WebApiProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
