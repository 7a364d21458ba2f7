using System.Diagnostics;
using System.Globalization;

namespace Jobs.TestServers;

/// <summary>A file system of a few megabytes in memory, mounted in a temporary folder, for tests of full and of read-only disks.</summary>
public sealed class SmallFileSystem : IAsyncDisposable
{
    private SmallFileSystem(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts one; null where that is not allowed.</summary>
    /// <param name="megabytes">Its size.</param>
    public static async Task<SmallFileSystem?> TryMountAsync(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !LocalProcess.IsRoot)
            return null;

        var system = new SmallFileSystem(Directory.CreateTempSubdirectory("jobs-disk-").FullName);
        File.SetUnixFileMode(system.Path, File.GetUnixFileMode(system.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        if (await TryAsync("mount", "-t", "tmpfs", "-o", $"size={Size(megabytes)},mode=755", "tmpfs", system.Path))
            return system;

        Directory.Delete(system.Path);
        return null;
    }

    /// <summary>Changes the size.</summary>
    /// <param name="megabytes">The new size.</param>
    public Task ResizeAsync(int megabytes) => RemountAsync($"size={Size(megabytes)}");

    /// <summary>Forbids or allows writing. No file may be open for writing when it is forbidden.</summary>
    /// <param name="isReadOnly">Whether writing is forbidden.</param>
    public Task SetReadOnlyAsync(bool isReadOnly) => RemountAsync(isReadOnly ? "ro" : "rw");

    /// <summary>Unmounts it; what is still open there goes on until it is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await TryAsync("umount", "-l", Path))
            Directory.Delete(Path);
    }

    private async Task RemountAsync(string option)
    {
        if (!await TryAsync("mount", "-o", $"remount,{option}", Path))
            throw new InvalidOperationException($"Mounting {Path} again with {option} failed.");
    }

    private static string Size(int megabytes) => string.Create(CultureInfo.InvariantCulture, $"{megabytes}m");

    private static async Task<bool> TryAsync(string command, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
