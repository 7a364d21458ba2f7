using System.Globalization;
using Jobs.Analyzers.Tests.Testing;
using Jobs.Generator.Contracts;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Analyzers.Tests.Contracts;

public sealed class ContractTests
{
    private const string Job = "[Job(\"send\")] public sealed class Send : IJobHandler<Mail, Receipt> { public ValueTask<Receipt> HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken) => default; }\n";

    private const string Types = """
        public enum Kind { Letter, Parcel }
        public sealed record Line(string Sku, int Count = 1) { public string? Note { get; init; } }
        public sealed record Mail(string To, Line[] Lines) { public Kind Kind { get; init; } }
        public sealed record Receipt(string Number);

        """;

    private static string Record(string source, string? recorded = null) =>
        ContractRecorder.Record(new TestProject(source).CreateSourceCompilation(), recorded, "2026-01-31", TestContext.Current.CancellationToken);

    private static Task<IReadOnlyList<Diagnostic>> CompareAsync(string before, string after, params string[] withoutPlace) =>
        VerifyAsync(Record(before), after, withoutPlace);

    private static Task<IReadOnlyList<Diagnostic>> VerifyAsync(string recorded, string source, params string[] withoutPlace) =>
        Analysis.VerifyAsync(new TestProject(source) { AdditionalFiles = [new AdditionalFile("/app/jobs.contracts.json", recorded)] }, withoutPlace);

    private static string Message(IReadOnlyList<Diagnostic> diagnostics) => Assert.Single(diagnostics).GetMessage(CultureInfo.InvariantCulture);

    [Fact]
    public void The_file_says_how_jobs_travel_one_member_a_line() => Assert.Equal(
        """
        {
          "version": 1,
          "jobs": {
            "send": {
              "input": "Mail",
              "result": "Receipt"
            }
          },
          "types": {
            "Kind": {
              "underlying": "int32",
              "enum": {
                "Letter": 0,
                "Parcel": 1
              }
            },
            "Line": {
              "members": {
                "sku": { "type": "string", "required": true },
                "count": { "type": "int32" },
                "note": { "type": "string?" }
              }
            },
            "Mail": {
              "members": {
                "to": { "type": "string", "required": true },
                "lines": { "type": "array<Line>", "required": true },
                "kind": { "type": "Kind" }
              }
            },
            "Receipt": {
              "members": {
                "number": { "type": "string", "required": true }
              }
            }
          }
        }

        """,
        Record(Types + Job));

    [Fact]
    public async Task What_is_recorded_as_it_is_draws_no_word() => await CompareAsync(Types + Job, Types + Job);

    [Theory]
    [InlineData("string Sku", "string {|JOB0601:{|JOB0601:Code|}|}")]
    [InlineData("string Sku", "int {|JOB0601:Sku|}")]
    [InlineData("string? Note { get; init; }", "required string? {|JOB0601:Note|} { get; init; }")]
    [InlineData("string? Note { get; init; }", "string {|JOB0601:Note|} { get; init; } = \"\";")]
    [InlineData("Letter, Parcel", "{|JOB0602:Pallet|}, {|JOB0601:Letter|}, {|JOB0601:Parcel|}")]
    [InlineData("enum Kind { Letter, Parcel }", "enum {|JOB0601:Kind|} { Letter }")]
    [InlineData("string To, ", "string To, int {|JOB0601:Size|}, ")]
    [InlineData("record Receipt(string Number)", "record Receipt(Guid {|JOB0601:Number|})")]
    [InlineData("record Mail(string To, ", "record {|JOB0601:Mail|}(")]
    public async Task A_break_is_reported_where_it_is(string before, string after) =>
        await CompareAsync(Types + Job, (Types + Job).Replace(before, after, StringComparison.Ordinal));

    [Theory]
    [InlineData("string? Note { get; init; }", "string? Note { get; init; } public int {|JOB0602:Weight|} { get; init; }")]
    [InlineData("int Count = 1", "long {|JOB0602:Count|} = 1")]
    [InlineData("record Line(string Sku, int Count = 1) { public string? Note { get; init; } }", "record {|JOB0602:Line|}(string Sku, int Count = 1);")]
    [InlineData("Letter, Parcel", "Letter, Parcel, {|JOB0602:Pallet|}")]
    [InlineData("string To", "string? {|JOB0602:To|}")]
    public async Task A_compatible_change_is_to_be_recorded(string before, string after) =>
        await CompareAsync(Types + Job, (Types + Job).Replace(before, after, StringComparison.Ordinal));

    [Fact]
    public async Task What_does_not_show_in_json_is_no_change() => await CompareAsync(
        Types + Job,
        """
        public enum Sort : int { Parcel = 1, Letter = 0 }
        public sealed class Row { public required string Sku { get; set; } public int Count { get; init; } = 7; public string? Note { get; init; } public string Full => Sku + Note; }
        public sealed record Post(string To, [property: System.Text.Json.Serialization.JsonPropertyName("lines")] IReadOnlyList<Row> Rows) { public Sort Kind { get; init; } }
        public sealed record Receipt(string Number);
        [Job("send")] public sealed class PostSender : IJobHandler<Post, Receipt> { public ValueTask<Receipt> HandleAsync(Post input, JobContext context, CancellationToken cancellationToken) => default; }
        """);

    [Fact]
    public async Task The_message_names_the_path_and_what_to_do()
    {
        var diagnostics = await CompareAsync(Types + Job, (Types + Job).Replace("string? Note", "string? {|JOB0601:{|JOB0602:Remark|}|}", StringComparison.Ordinal));
        var message = Message([.. diagnostics.Where(diagnostic => diagnostic.Id == "JOB0601")]);

        Assert.Equal("input.lines[].note of job 'send' is gone, perhaps renamed to 'remark'; keep the name in JSON with [JsonPropertyName(\"note\")]", message);
    }

    [Fact]
    public async Task A_job_that_is_gone_has_no_place()
    {
        var message = Message(await CompareAsync(Types + Job, Types, "JOB0603"));

        Assert.Equal("The job 'send' is recorded in jobs.contracts.json, but nothing handles it any more", message);
    }

    [Fact]
    public async Task A_job_that_is_gone_and_retired_is_past()
    {
        var recorded = Record(Types, Record(Types + Job));

        Assert.Contains("\"retired\": \"2026-01-31\"", recorded, StringComparison.Ordinal);
        await VerifyAsync(recorded, Types);
        await VerifyAsync(recorded, (Types + Job).Replace("class Send", "class {|JOB0602:Send|}", StringComparison.Ordinal));
        Assert.DoesNotContain("retired", Record(Types + Job, recorded), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_job_is_to_be_recorded() =>
        await CompareAsync(Types + Job, Types + Job + "[Job] public sealed class {|JOB0602:Other|} : IJobHandler { public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }");

    [Fact]
    public async Task A_renamed_job_wants_an_alias_and_is_served_by_it()
    {
        await CompareAsync(Types + Job, Types + Job.Replace("\"send\"", "\"send-mail\"", StringComparison.Ordinal).Replace("class Send", "class {|JOB0604:Send|}", StringComparison.Ordinal));
        await CompareAsync(Types + Job, Types + Job.Replace("\"send\"", "\"send-mail\", Aliases = [\"send\"]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upgrader_turns_a_break_into_a_change() => await CompareAsync(
        Types + Job,
        (Types + Job).Replace("record Mail(string To, ", "record Mail(Uri Address, ", StringComparison.Ordinal).Replace("class Send", "class {|JOB0602:Send|}", StringComparison.Ordinal)
        + """
        public sealed record OldMail(string To, Line[] Lines) { public Kind Kind { get; init; } }
        public sealed class MailUpgrader : IJobInputUpgrader<OldMail, Mail> { public Mail Upgrade(OldMail input) => new(new Uri("mailto:" + input.To), input.Lines) { Kind = input.Kind }; }
        """);

    [Fact]
    public async Task Derived_types_are_part_of_the_contract() => await CompareAsync(
        """
        using System.Text.Json.Serialization;
        [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")] public abstract record Shape; public sealed record Circle(double Radius) : Shape; public sealed record Square(double Side) : Shape;
        [Job] public sealed class Draw : IJobHandler<Shape> { public ValueTask HandleAsync(Shape input, JobContext context, CancellationToken cancellationToken) => default; }
        """,
        """
        using System.Text.Json.Serialization;
        [JsonDerivedType(typeof(Circle), "circle")] public abstract record {|JOB0601:Shape|}; public sealed record Circle(float {|JOB0601:Radius|}) : Shape;
        [Job] public sealed class Draw : IJobHandler<Shape> { public ValueTask HandleAsync(Shape input, JobContext context, CancellationToken cancellationToken) => default; }
        """);

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("<<<<<<< HEAD\n{}", "line 1")]
    [InlineData("{\"version\": 2, \"jobs\": {}, \"types\": {}}", "\"version\" must be 1")]
    [InlineData("{\"version\": 1, \"jobs\": [], \"types\": {}}", "\"jobs\" must be an object")]
    public async Task A_file_that_cannot_be_read_is_an_error_that_says_why(string file, string reason) =>
        Assert.Contains(reason, Message(await VerifyAsync(file, Types + Job, "JOB0605")), StringComparison.Ordinal);

    [Fact]
    public async Task While_it_is_being_recorded_nothing_is_held_against_the_code() => await Analysis.VerifyAsync(
        new TestProject((Types + Job).Replace("string To", "Uri Address", StringComparison.Ordinal))
        {
            AdditionalFiles = [new AdditionalFile("jobs.contracts.json", Record(Types + Job))],
            Properties = new Dictionary<string, string> { ["build_property.UpdateJobContracts"] = "true" },
        });
}
