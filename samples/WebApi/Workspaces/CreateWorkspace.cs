using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Jobs;

namespace WebApi.Workspaces;

/// <summary>Makes a workspace: a key pair for each member, a list of them, and one archive with all of it.</summary>
[Job("create-workspace", Queue = "workspaces", MaxAttempts = 3, Timeout = "5m", MaxConcurrency = 2)]
public sealed partial class CreateWorkspace(WorkspaceFolder folder) : IJobHandler<SignUp, CreatedWorkspace>
{
    private const int KeyBits = 3072;

    public async ValueTask<CreatedWorkspace> HandleAsync(SignUp input, JobContext context, CancellationToken cancellationToken)
    {
        // Under another name until it is whole: a run that is broken off leaves nothing that looks finished.
        var file = $"{input.Workspace}.zip";
        var draft = folder.PathOf($"{input.Workspace}.{context.JobId}.partial");
        var keys = new List<MemberKey>();
        await using (var archive = await ZipArchive.CreateAsync(File.Create(draft), ZipArchiveMode.Create, leaveOpen: false, Encoding.UTF8, cancellationToken))
        {
            for (var i = 0; i < input.Members.Count; i++)
            {
                var member = input.Members[i];
                await context.ReportProgressAsync(100d * i / (input.Members.Count + 1), $"Making the key of {member.Name}", cancellationToken);
                keys.Add(await AddKeyAsync(archive, i + 1, member, cancellationToken));
                KeyMade(context.Logger, member.Name, keys[^1].Fingerprint);
            }

            await context.ReportProgressAsync(100d * input.Members.Count / (input.Members.Count + 1), "Packing", cancellationToken);
            await WriteAsync(archive, "members.csv", string.Join('\n', input.Members.Select((member, i) => $"{Quote(member.Name)},{Quote(member.Email)},{keys[i].Fingerprint}").Prepend("name,email,fingerprint")), cancellationToken);
            await WriteAsync(archive, "README.md", $"# {input.Workspace}\n\nMade for {input.Name} <{input.Email}>, with {keys.Count} members.\n", cancellationToken);
        }

        File.Move(draft, folder.PathOf(file), overwrite: true);
        return new CreatedWorkspace(file, new FileInfo(folder.PathOf(file)).Length, keys);
    }

    private static async Task<MemberKey> AddKeyAsync(ZipArchive archive, int number, Member member, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var key = RSA.Create(KeyBits);
        await WriteAsync(archive, $"keys/{number}.private.pem", key.ExportPkcs8PrivateKeyPem(), cancellationToken);
        await WriteAsync(archive, $"keys/{number}.public.pem", key.ExportSubjectPublicKeyInfoPem(), cancellationToken);
        return new MemberKey(member.Name, Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8)));
    }

    private static async Task WriteAsync(ZipArchive archive, string name, string text, CancellationToken cancellationToken)
    {
        await using var entry = await archive.CreateEntry(name).OpenAsync(cancellationToken);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Member} has the key {Fingerprint}")]
    private static partial void KeyMade(ILogger logger, string member, string fingerprint);
}
