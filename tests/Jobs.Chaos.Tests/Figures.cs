using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>Where the figures of a scenario go: to the test's output, and to the file that the test script prints.</summary>
internal static class Figures
{
    private static readonly Lock _gate = new();

    public static void Write(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("JOBS_TEST_FIGURES") is { Length: > 0 } file)
        {
            lock (_gate)
                File.AppendAllLines(file, [line]);
        }
    }
}
