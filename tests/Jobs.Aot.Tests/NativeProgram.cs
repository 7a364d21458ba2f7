namespace Jobs.Aot.Tests;

/// <summary>A sample, published as a native program when the first test asks for it.</summary>
public abstract class NativeProgram(string sample) : IAsyncDisposable
{
    // The programs share libraries, which two builds at once would write over each other.
    private static readonly SemaphoreSlim _publishing = new(1, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-aot-").FullName;
    private CommandResult? _published;

    /// <summary>The path of the program. Skips the test where nothing can link one.</summary>
    public async Task<string> GetPathAsync()
    {
        (await PublishAsync()).AssertSucceeded();
        return Path.Combine(_folder, sample);
    }

    internal async Task<CommandResult> PublishAsync()
    {
        var linker = NativeLinker.FindOrSkip();
        await _publishing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // The tests run on the newest framework; these programs cover the older one that the packages support.
            var framework = Environment.GetEnvironmentVariable("JOBS_AOT_FRAMEWORK") ?? "net9.0";
            return _published ??= await Command.BuildAsync(
                Path.Combine(Repository.Path, "samples", sample),
                ["publish", "-c", Repository.Configuration, "-v", "quiet", "-o", _folder, $"-p:JobsAotFramework={framework}", .. linker.Arguments]);
        }
        finally
        {
            _publishing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
