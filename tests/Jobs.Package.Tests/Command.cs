using System.Diagnostics;
using System.Text;

namespace Jobs.Package.Tests;

/// <summary>A program that runs in a folder, with both of its outputs read as one text.</summary>
internal sealed class Command : IDisposable
{
    private readonly Process _process = new();
    private readonly StringBuilder _output = new();

    private Command(string folder, string program, IEnumerable<string> arguments)
    {
        var start = _process.StartInfo;
        (start.FileName, start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (program, folder, true, true);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        // What the test host's own build left in the environment is about this repository's SDK, not about the user's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);

        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
    }

    public static Command Start(string folder, string program, params IEnumerable<string> arguments)
    {
        var command = new Command(folder, program, arguments);
        command._process.Start();
        command._process.BeginOutputReadLine();
        command._process.BeginErrorReadLine();
        return command;
    }

    public static async Task<CommandResult> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        using var command = Start(folder, program, arguments);
        return await command.WaitAsync();
    }

    /// <summary>The SDK's commands, without servers or nodes that would outlive the test.</summary>
    public static Task<CommandResult> BuildAsync(string folder, params IEnumerable<string> arguments) =>
        RunAsync(folder, "dotnet", [.. arguments, "-nodeReuse:false", "-m:2", "-p:UseSharedCompilation=false"]);

    public async Task<CommandResult> WaitAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw;
        }

        lock (_output)
            return new CommandResult($"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}", _process.ExitCode, _output.ToString());
    }

    /// <summary>SIGKILL: the program gets no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();

    private void Append(string? line)
    {
        if (line is null)
            return;

        lock (_output)
            _output.AppendLine(line);
    }
}
