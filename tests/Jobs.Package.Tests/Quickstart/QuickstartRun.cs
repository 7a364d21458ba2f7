using System.Globalization;
using System.Text.RegularExpressions;

namespace Jobs.Package.Tests.Quickstart;

/// <summary>Runs of the built sample in one temporary working folder.</summary>
internal sealed partial class QuickstartRun : IDisposable
{
    private static readonly string Program = Path.Combine(Repository.Path, "samples", "Quickstart", "bin", Repository.Configuration, "net10.0", "Quickstart.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-quickstart-").FullName;

    public static string SignUps => Path.Combine(Path.GetDirectoryName(Program)!, "signups.csv");

    private string Outbox => Path.Combine(_folder, "outbox");

    /// <summary>Every delivered mail's file, named by its job's id, and when it was written.</summary>
    public IReadOnlyDictionary<string, DateTime> Mails => Directory.Exists(Outbox)
        ? Directory.EnumerateFiles(Outbox, "*.eml").ToDictionary(mail => Path.GetFileName(mail), File.GetLastWriteTimeUtc)
        : [];

    public static IEnumerable<int> LinesOf(CommandResult run) =>
        LinePattern().Matches(run.Output).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct();

    public string WriteSignUps(IEnumerable<string> rows)
    {
        var file = Path.Combine(_folder, "other.csv");
        File.WriteAllLines(file, ["email,name,plan", .. rows]);
        return file;
    }

    public Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync(_folder, "dotnet", [Program, .. arguments]);

    /// <summary>The mails themselves are the signal: no guess about how long half of them takes.</summary>
    public async Task RunAndKillAfterTheFirstMailsAsync(string file)
    {
        Directory.CreateDirectory(Outbox);
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        using var watcher = new FileSystemWatcher(Outbox, "*.eml");
        watcher.Renamed += (_, _) =>
        {
            if (Interlocked.Increment(ref count) == 20)
                sent.TrySetResult();
        };
        watcher.EnableRaisingEvents = true;

        using var command = Command.Start(_folder, "dotnet", Program, file);
        var ended = command.WaitAsync();
        await Task.WhenAny(sent.Task, ended);
        command.Kill();
        await ended;
    }

    public void AssertNobodyHasTwoMails()
    {
        var receivers = Directory.EnumerateFiles(Outbox, "*.eml").Select(mail => File.ReadLines(mail).Single(line => line.StartsWith("To: ", StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(receivers.GroupBy(receiver => receiver).Where(mails => mails.Count() > 1).Select(mails => mails.Key));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"^line (\d+)", RegexOptions.Multiline)]
    private static partial Regex LinePattern();
}
