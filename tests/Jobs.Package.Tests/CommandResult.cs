namespace Jobs.Package.Tests;

/// <summary>What a program wrote, to its output and its errors, and how it ended.</summary>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output)
{
    public CommandResult AssertSucceeded()
    {
        Assert.True(ExitCode == 0, $"{CommandLine}\nended with {ExitCode}:\n{Output}");
        return this;
    }

    public void AssertWithoutWarnings() =>
        Assert.False(Output.Contains("warning", StringComparison.OrdinalIgnoreCase), $"{CommandLine}\nwarned:\n{Output}");
}
