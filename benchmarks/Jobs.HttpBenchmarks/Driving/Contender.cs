using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Jobs.HttpBenchmarks.Driving;

/// <summary>A service in its process, and the request that it is asked with.</summary>
internal sealed class Contender : IAsyncDisposable
{
    private readonly Process _process;

    private Contender(string name, Process process, IPEndPoint address, byte[] request)
    {
        Name = name;
        _process = process;
        Address = address;
        Request = request;
    }

    public string Name { get; }

    public IPEndPoint Address { get; }

    public byte[] Request { get; }

    /// <summary>The processor time that the service has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<Contender> StartAsync(string kind, string connection)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Arguments(), "serve", kind, connection]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The service '{kind}' did not start.");
        var isBare = kind.StartsWith("bare", StringComparison.Ordinal);
        var mail = JsonSerializer.Serialize(Mail.Sample, MailJson.Default.Mail);
        var body = isBare ? mail : $$"""{"input":{{mail}}}""";
        var path = isBare ? "/bare" : "/jobs/submit/send-mail";
        var request = Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        return new Contender(kind, process, new IPEndPoint(IPAddress.Loopback, new Uri(address).Port), request);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Started by the host of the framework, this program is its first argument.</summary>
    private static IEnumerable<string> Arguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Contender).Assembly.Location] : [];
}
