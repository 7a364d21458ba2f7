using System.Globalization;
using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Constants;

public sealed class ConstantInputTests
{
    private const string Declarations = """
        public sealed record SendEmailInput([EmailAddress] string To, [Required, StringLength(20)] string Subject, string Body)
        {
            [Range(1, 5)] public int Importance { get; init; } = 3;
            [MinLength(1)] public string[] Tags { get; init; } = ["mail"];
            public Sender? From { get; init; }
            [Url] public string? Link { get; set; }
        }
        public sealed class Sender { [Required] public string? Name { get; set; } [Phone] public string? Phone { get; init; } public List<string> Roles { get; init; } = []; }
        [Job] public sealed class SendEmail : IJobHandler<SendEmailInput> { public ValueTask HandleAsync(SendEmailInput input, JobContext context, CancellationToken cancellationToken) => default; }

        """;

    private static Task VerifyAsync(string statements, string more = "") => Analysis.VerifyAsync(
        $$"""
        {{Declarations}}
        {{more}}
        public static class Calls
        {
            private const string Nobody = "nobody";
            public static async Task MakeAsync(IJobClient<SendEmailInput> client, string unknown, SendEmailInput input, List<SendEmailInput> inputs)
            {
                {{statements}}
            }
        }
        """);

    [Fact]
    public async Task Each_broken_rule_is_reported_at_its_argument()
    {
        var diagnostics = await Analysis.VerifyAsync(new TestProject($$"""
            {{Declarations}}
            public static class Calls
            {
                public static SendEmailInput Make() => new({|JOB0402:"not-an-address"|}, {|JOB0402:""|}, {|JOB0402:null!|});
            }
            """));

        Assert.Equal(
            [
                "The To field is not a valid e-mail address. ([EmailAddress] on SendEmailInput.To)",
                "The Subject field is required. ([Required] on SendEmailInput.Subject)",
                "The Body field is required. (SendEmailInput.Body is not nullable)",
            ],
            diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("""_ = new SendEmailInput({|JOB0402:"x"|}, "s", "b");""")]
    [InlineData("""_ = new SendEmailInput(Body: "b", Subject: {|JOB0402:" "|}, To: "a@b");""")]
    [InlineData("""SendEmailInput made = new({|JOB0402:Nobody|}, {|JOB0402:$"{Nobody} and {Nobody} and {Nobody}"|}, "b");""")]
    [InlineData("""_ = new SendEmailInput({|JOB0402:nameof(Nobody)|}, "a" + "b", {|JOB0402:default!|});""")]
    [InlineData("""_ = new SendEmailInput("a@b", {|JOB0402:string.Empty|}, unknown) { Importance = {|JOB0402:2 * 3|}, Tags = {|JOB0402:[]|} };""")]
    [InlineData("""_ = input with { Importance = {|JOB0402:0|}, Link = {|JOB0402:"x"|}, To = unknown };""")]
    [InlineData("""_ = new SendEmailInput("x", "s", "b") with { To = "a@b", Subject = {|JOB0402:null!|} };""")]
    [InlineData("""_ = input with { From = new() { Name = {|JOB0402:""|}, Phone = {|JOB0402:"no"|} } };""")]
    [InlineData("""_ = new SendEmailInput("a@b", "s", "b") { From = { Name = {|JOB0402:null|} } };""")]
    [InlineData("""_ = new SendEmailInput("a@b", "s", "b") { Tags = ["a", {|JOB0402:null!|}, unknown] };""")]
    [InlineData("""_ = new Sender { Phone = {|JOB0402:"x"|} };""")]
    [InlineData("""inputs.Add(new({|JOB0402:"x"|}, "s", "b"));""")]
    public Task A_constant_is_found_wherever_an_input_is_constructed(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("""await client.EnqueueAsync(new({|JOB0401:"x"|}, "s", "b"));""")]
    [InlineData("""await client.EnqueueManyAsync(new SendEmailInput[] { new("a@b", "s", "b"), new({|JOB0401:"x"|}, "s", "b") });""")]
    [InlineData("""await client.EnqueueManyAsync(new[] { (new SendEmailInput({|JOB0401:"x"|}, "s", "b"), (EnqueueOptions?)null) });""")]
    [InlineData("""await client.EnqueueAsync(input with { Subject = {|JOB0401:""|} });""")]
    [InlineData("""client.Validate(new("a@b", "s", "b") { From = {|JOB0401:new()|} });""")]
    [InlineData("""client.Validate(new("a@b", "s", "b") { From = {|JOB0401:new() { Roles = [{|JOB0401:null!|}] }|} });""")]
    public Task What_goes_straight_into_a_client_is_an_error_and_is_looked_at_as_a_whole(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("""_ = new SendEmailInput(unknown, unknown, unknown);""")]
    [InlineData("""_ = new SendEmailInput("a@b", $"{unknown}", $"{1}");""")]
    [InlineData("""_ = new Sender();""")]
    [InlineData("""_ = new Sender { Roles = new() };""")]
    [InlineData("""var text = ""; _ = new SendEmailInput("a@b", text, "");""")]
    [InlineData("""_ = new SendEmailInput("a@b", "s", "") { Tags = [.. inputs.Select(x => x.To)] };""")]
    [InlineData("""_ = new Elsewhere("");""")]
    [InlineData("""_ = new SendEmailInput("a@b", "s", "b") { From = null, Link = null };""")]
    [InlineData("""await client.EnqueueAsync(new("a@b", "s", "b"));""")]
    public Task What_is_right_or_not_known_or_no_input_is_left_alone(string statements) =>
        VerifyAsync(statements, "public sealed record Elsewhere([Required] string Text);");

    [Fact]
    public Task A_constructor_is_looked_through_when_it_only_assigns() => Analysis.VerifyAsync("""
        public class Input
        {
            public Input(string name, string code, int count) { Name = name; if (count < 0) throw new ArgumentException(); this.Count = count; Code = code.Trim(); }
            [Required] public string Name { get; }
            [StringLength(2)] public string Code { get; }
            [Range(1, 5)] public int Count { get; }
        }
        public sealed class Derived(string name, string text) : Input(name, "x", 1) { [Required] public string Text { get; } = text; }
        public sealed record Base([Range(0, 9)] int Number);
        [Job] public sealed class One : IJobHandler<Input> { public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default; }
        public static class Calls
        {
            public static object[] Make() => [new Input({|JOB0402:""|}, "  x  ", {|JOB0402:9|}), new Derived("", {|JOB0402:""|}), new Base(99)];
        }
        """.Replace("new Derived(\"\"", "new Derived({|JOB0402:\"\"|}", StringComparison.Ordinal));

    [Fact]
    public Task Attributes_that_are_not_the_frameworks_or_wrong_in_themselves_are_left_to_the_run() => Analysis.VerifyAsync("""
        public sealed class NeverAttribute : ValidationAttribute { public override bool IsValid(object? value) => false; }
        public sealed class StricterAttribute : StringLengthAttribute { public StricterAttribute() : base(1) { } }
        public static class Text { public static ValidationResult? Check(object value) => new("no"); }
        public sealed record Input([Never] string A, [Stricter] string B, [property: CustomValidation(typeof(Text), "Check")] string C, [Range(5, 1)] int D, [RegularExpression("(")] string E, [StringLength(-1)] string F,
            [RegularExpression("(a+)+b")] string G);
        [Job] public sealed class One : IJobHandler<Input> { public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default; }
        public static class Calls { public static object Make() => new Input("abc", "abc", "abc", 3, "abc", "abc", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"); }
        """);

    [Fact]
    public async Task The_inputs_of_referenced_jobs_are_checked_too()
    {
        var contracts = new TestProject("""
            namespace Contracts;
            public sealed record PayInput([Range(1, 100)] int Amount, [Required] string Account) { public Detail? Detail { get; init; } }
            public sealed class Detail { [StringLength(3)] public string? Currency { get; init; } }
            [Job("pay")] public interface IPay : IJobContract<PayInput>;
            """) { AssemblyName = "Contracts" };

        await Analysis.VerifyAsync(new TestProject("""
            public static class Calls
            {
                public static object Make() => new Contracts.PayInput({|JOB0402:0|}, {|JOB0402:""|}) { Detail = new() { Currency = {|JOB0402:"EURO"|} } };
            }
            """) { References = [contracts.ToReference()] });
    }

    [Fact]
    public Task A_message_can_be_switched_off_in_the_source() => VerifyAsync("""
        #pragma warning disable JOB0401, JOB0402
        await client.EnqueueAsync(new("x", "", "b"));
        #pragma warning restore JOB0401, JOB0402
        """);
}
