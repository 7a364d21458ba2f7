using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Contracts;

/// <summary>The contract file through a build with the targets that the package has: written when asked for, compared otherwise.</summary>
public sealed class ContractBuildTests : IDisposable
{
    private readonly TemporaryProject _project = new("<ImplicitUsings>enable</ImplicitUsings>");

    private string Contracts => _project.Read("jobs.contracts.json");

    [Fact]
    public async Task A_build_that_is_asked_to_writes_the_file_and_the_next_one_holds_the_code_against_it()
    {
        Write("record Mail(string To)");

        // Created.
        await _project.BuildAsync(0, "-restore", "-p:UpdateJobContracts=true", "-p:JobContractsDate=2026-01-31");
        var first = Contracts;
        Assert.StartsWith("{\n  \"version\": 1,\n  \"jobs\": {\n    \"send-mail\": {", first, StringComparison.Ordinal);
        Assert.Contains("\"to\": { \"type\": \"string\", \"required\": true }", first, StringComparison.Ordinal);

        // Compared: a break, at its place; then a compatible change, which is no error.
        Write("record Mail(int To)");
        Assert.Contains("Mail.cs(2,31): error JOB0601: input.to of job 'send-mail' was string and is int32", await _project.BuildAsync(1), StringComparison.Ordinal);
        Write("record Mail(string To, string Body = \"\")");
        await _project.BuildAsync(0);
        Assert.Equal(first, Contracts);

        // Updated, and left alone when there is nothing to say.
        await _project.BuildAsync(0, "-p:UpdateJobContracts=true");
        Assert.Contains("\"body\": { \"type\": \"string\" }", Contracts, StringComparison.Ordinal);
        var written = File.GetLastWriteTimeUtc(_project.PathOf("jobs.contracts.json"));
        await _project.BuildAsync(0, "-p:UpdateJobContracts=true");
        Assert.Equal(written, File.GetLastWriteTimeUtc(_project.PathOf("jobs.contracts.json")));

        // A job that is gone.
        _project.Write("Mail.cs", "// Nothing is left.");
        Assert.Contains("error JOB0603", await _project.BuildAsync(1), StringComparison.Ordinal);
        await _project.BuildAsync(0, "-p:UpdateJobContracts=true", "-p:JobContractsDate=2026-02-28");
        Assert.Contains("\"retired\": \"2026-02-28\"", Contracts, StringComparison.Ordinal);
        await _project.BuildAsync(0);
    }

    public void Dispose() => _project.Dispose();

    private void Write(string record) => _project.Write("Mail.cs", $$"""
        using Jobs;
        public sealed {{record}};
        [Job] public sealed class SendMail : IJobHandler<Mail> { public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken) => default; }
        """);
}
