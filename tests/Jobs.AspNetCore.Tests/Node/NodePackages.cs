using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Jobs.AspNetCore.Tests;

/// <summary>The folder npm with its packages installed, under obj, where it stays for the next run until the lock file changes.</summary>
internal static class NodePackages
{
    private static readonly string _source = typeof(NodePackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "NpmFolder").Value!;
    private static readonly SemaphoreSlim _gate = new(1);
    private static string? _folder;

    /// <summary>The folder to work in, with the sources as they are now. Skips the test where Node.js or the packages cannot be had; on a build server that is an error.</summary>
    public static async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _folder ??= await InstallAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            var reason = $"Node.js with its packages is missing: install nodejs and npm, and let npm reach a registry. {exception.Message}";
            Xunit.Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Xunit.Assert.Skip(reason);
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs a program to its end, and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string folder, string program, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{await output}\n{await errors}");
    }

    private static async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(Path.Combine(_source, "..", "obj", "npm"));
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(_source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var lockHash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"), cancellationToken)));
        var installed = Path.Combine(folder, "installed");
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed, cancellationToken) != lockHash)
        {
            await RunAsync(folder, "npm", cancellationToken, "ci", "--no-audit", "--no-fund");
            await File.WriteAllTextAsync(installed, lockHash, cancellationToken);
        }

        return folder;
    }
}
