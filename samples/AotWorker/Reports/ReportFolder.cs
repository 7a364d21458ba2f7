namespace AotWorker.Reports;

/// <summary>Where reports are written.</summary>
public sealed class ReportFolder(string path)
{
    /// <summary>Writes a whole file or none, so that an attempt that was killed leaves nothing that looks like a report.</summary>
    /// <returns>The size.</returns>
    public async Task<long> WriteAsync(string name, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(path);
        var target = Path.Combine(path, name);
        var partial = $"{target}.{Guid.NewGuid():N}.partial";
        await using (var file = File.Create(partial))
        {
            await write(file);
        }

        File.Move(partial, target, overwrite: true);
        return new FileInfo(target).Length;
    }
}
