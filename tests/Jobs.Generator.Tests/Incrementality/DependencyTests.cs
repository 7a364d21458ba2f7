using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Jobs.Generator.Tests.Incrementality;

/// <summary>A job is what it was as long as nothing that it depends on changed; what it depends on can be anywhere.</summary>
public class DependencyTests
{
    private static readonly IReadOnlyDictionary<string, string> _files = new Dictionary<string, string>
    {
        ["Job.cs"] = """
            namespace App.Mails
            {
                using System.ComponentModel.DataAnnotations;

                [Job("mail", Queue = Limits.Queue, MaxAttempts = 2)]
                public sealed partial class Mail(Sender sender) : Handler
                {
                    public override ValueTask HandleAsync(MailInput input, JobContext context, CancellationToken cancellationToken) => default;
                }

                public record MailInput([property: Range(1, Limits.Max), Checked] int Count, Line Line, Money Price);
            }
            """,
        ["Base.cs"] = "namespace App { public abstract class Handler : IJobHandler<App.Mails.MailInput> { public abstract ValueTask HandleAsync(App.Mails.MailInput input, JobContext context, CancellationToken cancellationToken); } }",
        ["Limits.cs"] = "namespace App { public static class Limits { public const int Max = More.Max; public const string Queue = \"q\"; } public static class More { public const int Max = 5; } }",
        ["Line.cs"] = "namespace App { public class Line { public string? Sku { get; set; } } }",
        ["Checked.cs"] = "namespace App { public sealed class CheckedAttribute : System.ComponentModel.DataAnnotations.ValidationAttribute { public override bool IsValid(object? value) { return value != null; } } }",
        ["Sender.cs"] = "namespace App { public sealed class Sender { public void Send() { } } }",
        ["Global.cs"] = "global using Money = System.Decimal;",
        ["Other.cs"] = "namespace App { public sealed record OtherInput(string To); [Job] public sealed class Other : IJobHandler<OtherInput> { public ValueTask HandleAsync(OtherInput input, JobContext context, CancellationToken cancellationToken) => default; } }",
    };

    [Theory]
    [InlineData("a constant behind a constant", "Limits.cs", "Max = 5", "Max = 6")]
    [InlineData("a constant text", "Limits.cs", "\"q\"", "\"r\"")]
    [InlineData("a base type", "Base.cs", "IJobHandler<App.Mails.MailInput>", "IJobHandler<App.Mails.MailInput, int>")]
    [InlineData("a member of a nested type", "Line.cs", "string? Sku", "string? Code")]
    [InlineData("the kind of a nested type", "Line.cs", "class Line", "struct Line")]
    [InlineData("nullability", "Line.cs", "string?", "string")]
    [InlineData("what an attribute is", "Checked.cs", "System.ComponentModel.DataAnnotations.ValidationAttribute", "Attribute")]
    [InlineData("what an attribute overrides", "Checked.cs", "public override bool IsValid(object? value) {", "protected override System.ComponentModel.DataAnnotations.ValidationResult? IsValid(object? value, System.ComponentModel.DataAnnotations.ValidationContext context) { throw null!; } private bool Unused(object? value) {")]
    [InlineData("what a global alias stands for", "Global.cs", "System.Decimal", "System.Double")]
    [InlineData("a service's accessibility", "Sender.cs", "public sealed class Sender", "file sealed class Sender")]
    [InlineData("an attribute's argument", "Job.cs", "MaxAttempts = 2", "MaxAttempts = 3")]
    [InlineData("an accessor's field", "Line.cs", "{ get; set; }", "{ get => \"\"; }")]
    public void An_edit_of_what_a_job_depends_on_is_seen(string what, string file, string before, string after)
    {
        var project = Open();
        var old = project.Generate();

        Assert.Contains(before, project.Read(file), StringComparison.Ordinal);
        project.Write(file, project.Read(file).Replace(before, after, StringComparison.Ordinal));

        var now = project.Generate();
        Assert.True(!old.SequenceEqual(now), what);
        Assert.Equal(project.GenerateAnew(), now);
    }

    [Theory]
    [InlineData("a member of the former input", "Old.cs", "string Mail", "string Address")]
    [InlineData("a service of the upgrader", "Directory.cs", "sealed class Directory", "abstract class Directory { } file class Unused")]
    [InlineData("a type within the former input", "Place.cs", "int Zip", "string Zip")]
    [InlineData("the upgrader's constructor", "Upgrade.cs", "(Directory directory)", "(Directory directory, TimeProvider time)")]
    [InlineData("something that it does not depend on", "Directory.cs", "{ }", "{ public int Count { get; } }")]
    public void An_upgrader_is_what_a_new_driver_would_find(string what, string file, string before, string after)
    {
        var project = new EditedProject();
        project.Write("Job.cs", "namespace App { public sealed record MailInput(string To); [Job(\"mail\")] public sealed class Mail : IJobHandler<MailInput> { public ValueTask HandleAsync(MailInput input, JobContext context, CancellationToken cancellationToken) => default; } }");
        project.Write("Old.cs", "namespace App { public sealed record OldInput(string Mail, Place Place); }");
        project.Write("Place.cs", "namespace App { public sealed record Place(int Zip); }");
        project.Write("Directory.cs", "namespace App { public sealed class Directory { } }");
        project.Write("Upgrade.cs", "namespace App { public sealed class Upgrader(Directory directory) : IJobInputUpgrader<OldInput, MailInput> { public MailInput Upgrade(OldInput old) => throw null!; } }");
        Assert.Contains(project.Generate(), source => source.StartsWith("FormerInputs.g.cs", StringComparison.Ordinal));

        Assert.Contains(before, project.Read(file), StringComparison.Ordinal);
        project.Write(file, project.Read(file).Replace(before, after, StringComparison.Ordinal));

        Assert.True(project.GenerateAnew().SequenceEqual(project.Generate()), what);
    }

    [Theory]
    [InlineData("a type of the same name in a nearer namespace", "namespace App.Mails { public static class Limits { public const int Max = 7; public const string Queue = \"near\"; } }")]
    [InlineData("a nearer type behind no other name than a using", "namespace App.Mails { public class Line { public int Near { get; set; } } }")]
    [InlineData("a further part", "namespace App.Mails { public sealed partial class Mail : IDisposable { public void Dispose() { } } }")]
    [InlineData("a part with another constructor", "namespace App.Mails { public sealed partial class Mail { [Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructor] public Mail() : this(null!) { } } }")]
    [InlineData("a subtype, whose rules count for what it is", "namespace App { public sealed class LongLine : Line { [System.ComponentModel.DataAnnotations.MinLength(3)] public string Text { get; set; } = \"\"; } }")]
    [InlineData("a subtype of a subtype, through an alias", "using Base = App.Line; namespace App { public class Middle : Base { } public sealed class LongLine : Middle { [System.ComponentModel.DataAnnotations.MinLength(3)] public string Text { get; set; } = \"\"; } }")]
    [InlineData("a namespace that hides a type", "namespace App.Mails.Limits { public static class Nothing { } }")]
    [InlineData("an attribute with the suffix, nearer", "namespace App.Mails { public sealed class CheckedAttribute : Attribute { } }")]
    public void A_new_file_that_changes_what_names_mean_is_seen(string what, string text)
    {
        var project = Open();
        var old = project.Generate();

        project.Write("New.cs", text);
        var with = project.Generate();
        Assert.True(!old.SequenceEqual(with), what);
        Assert.Equal(project.GenerateAnew(), with);

        project.Write("New.cs", null);
        Assert.Equal(old, project.Generate());
    }

    [Fact]
    public void A_using_that_is_added_is_seen()
    {
        var project = Open();
        project.Write("Far.cs", "namespace Far { public sealed class FarAttribute : System.ComponentModel.DataAnnotations.ValidationAttribute; }");
        project.Write("Line.cs", "namespace App { public class Line { [Far] public string? Sku { get; set; } } }");
        var old = project.Generate();

        project.Write("Global.cs", project.Read("Global.cs").Replace("global using Money", "global using Far; global using Money", StringComparison.Ordinal));

        var now = project.Generate();
        Assert.NotEqual(old, now);
        Assert.Equal(project.GenerateAnew(), now);
    }

    [Fact]
    public void A_nullable_directive_is_seen_even_inside_of_a_body()
    {
        var project = Open();
        project.Write("Line.cs", "namespace App { public class Line { public void Run() { } public string Sku { get; set; } = \"\"; } }");
        var old = project.Generate();

        project.Write("Line.cs", project.Read("Line.cs").Replace("Run() { }", "Run() {\n#nullable disable\n}", StringComparison.Ordinal));

        var now = project.Generate();
        Assert.NotEqual(old, now);
        Assert.Equal(project.GenerateAnew(), now);
    }

    [Fact]
    public void An_option_that_changes_is_seen()
    {
        var project = Open();
        var old = project.Generate();

        project.Change(compilation => compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)));

        var now = project.Generate();
        Assert.NotEqual(old, now);
        Assert.Equal(project.GenerateAnew(), now);
    }

    [Fact]
    public void A_reference_that_is_swapped_is_seen_whether_it_is_an_image_or_a_project()
    {
        var project = Open();
        project.Write("Limits.cs", null);
        var first = CompileLimits(1);
        var second = CompileLimits(2);
        var third = CompileLimits(3).ToMetadataReference();
        var image = new GeneratorRun(first, null!).ToReference();
        project.Change(compilation => compilation.AddReferences(image));
        var results = new List<IReadOnlyList<string>> { project.Generate() };

        project.Change(compilation => compilation.ReplaceReference(image, second.ToMetadataReference()));
        results.Add(project.Generate());
        project.Change(compilation => compilation.ReplaceReference(compilation.References.OfType<CompilationReference>().Single(), third));
        results.Add(project.Generate());

        Assert.Equal(project.GenerateAnew(), results[2]);
        Assert.Equal(3, results.Select(result => string.Concat(result)).Distinct().Count());
    }

    [Fact]
    public void A_line_that_an_attribute_is_told_moves_with_the_code_above()
    {
        var project = Open();
        project.Write("Checked.cs", "namespace App { public sealed class CheckedAttribute([System.Runtime.CompilerServices.CallerLineNumber] int line = 0) : System.ComponentModel.DataAnnotations.ValidationAttribute { public int Line => line; } }");
        project.Write("Line.cs", "namespace App { public class Above { public void Run() { } }\npublic class Line { [Checked] public string? Sku { get; set; } } }");
        var old = project.Generate();

        project.Write("Line.cs", project.Read("Line.cs").Replace("Run() { }", "Run() {\n\n }", StringComparison.Ordinal));

        var now = project.Generate();
        Assert.NotEqual(old, now);
        Assert.Equal(project.GenerateAnew(), now);
    }

    [Theory]
    [InlineData("Sender.cs", "public void Send() { }", "public void Send() { Console.WriteLine(1); }")]
    [InlineData("Other.cs", "=> default;", "=> throw new NotSupportedException();")]
    [InlineData("Checked.cs", "return value != null;", "return value is not null;")]
    public void A_body_that_changes_changes_no_job(string file, string before, string after)
    {
        var project = Open(tracksSteps: true);
        var old = project.Generate();

        Assert.Contains(before, project.Read(file), StringComparison.Ordinal);
        project.Write(file, project.Read(file).Replace(before, after, StringComparison.Ordinal));

        Assert.Equal(old, project.Generate());
        Assert.All(project.JobReasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    private static EditedProject Open(bool tracksSteps = false)
    {
        var project = new EditedProject(tracksSteps);
        foreach (var (file, text) in _files)
        {
            project.Write(file, text);
        }

        return project;
    }

    private static CSharpCompilation CompileLimits(int max) =>
        TestCompilation.Create($"namespace App {{ public static class Limits {{ public const int Max = {max}; public const string Queue = \"q{max}\"; }} }}", "Limits");
}
