using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests.Incrementality;

/// <summary>Whatever is edited, in whatever order: one driver that saw it all has what a new one has.</summary>
public class RandomEditTests
{
    private const int Edits = 60;
    private const string Handle = "public ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken)";

    /// <summary>The forms that each file can have; null where it can be missing. They refer to each other by names that mean different things in different states.</summary>
    private static readonly IReadOnlyDictionary<string, string?[]> _forms = new Dictionary<string, string?[]>
    {
        ["Job.cs"] =
        [
            $"namespace App.Jobs1 {{ [Job] public sealed partial class Mail : IJobHandler<Input> {{ {Handle} => default; }} }}",
            $"namespace App.Jobs1 {{ [Job] public sealed partial class Mail : IJobHandler<Input> {{ {Handle} {{ int Limits = 3; return default; }} }} }}",
            $"namespace App.Jobs1 {{ [Job(\"mail\", Queue = Limits.Queue)] public sealed partial class Mail(Service service) : IJobHandler<Input> {{ {Handle} => default; }} }}",
            $"using J = Jobs.JobAttribute; namespace App.Jobs1 {{ /// <summary>A <see cref=\"Service\"/>.</summary>\n [J(Queue = nameof(Limits))] public sealed partial class Mail : Base<Input> {{ public override ValueTask HandleAsync(Input input, JobContext context, CancellationToken cancellationToken) => default; }} }}",
            $"namespace App.Jobs1 {{ [Named] public sealed partial class Mail : IJobHandler<Input> {{ {Handle} => default; }} }}",
            null,
        ],
        ["Part.cs"] =
        [
            null,
            "namespace App.Jobs1 { partial class Mail : IDisposable { public void Dispose() { } } }",
            "namespace App.Jobs1 { partial class Mail : System.IAsyncDisposable { public ValueTask DisposeAsync() => default; } }",
            "namespace App.Jobs1 { [Obsolete] partial class Mail { public Mail() { } public Mail(string a) { } } }",
        ],
        ["Base.cs"] =
        [
            "namespace App { public abstract class Base<T> : IJobHandler<T> { public abstract ValueTask HandleAsync(T input, JobContext context, CancellationToken cancellationToken); } }",
            "namespace App { public abstract class Base<T>(Service service) : IJobHandler<T> { public abstract ValueTask HandleAsync(T input, JobContext context, CancellationToken cancellationToken); } }",
            null,
        ],
        ["Input.cs"] =
        [
            "using System.ComponentModel.DataAnnotations; namespace App { public record Input([Range(1, Limits.Max)] int Count, Line Line); }",
            "using System.ComponentModel.DataAnnotations; namespace App { public sealed record Input([StringLength(Limits.Max), Special] string? To, Part? Part = null); }",
            "using System.ComponentModel.DataAnnotations; using static App.Limits; namespace App { public class Input { [Range(0, Max)] public int Count { get; init; } public List<Line>? Lines { get; set; } } }",
            "#nullable disable\nnamespace App { public struct Input { public string To { get; set; } public Line Line { get; set; } } }",
        ],
        ["Limits.cs"] =
        [
            "namespace App { public static class Limits { public const int Max = 5; public const string Queue = \"a\"; } }",
            "namespace App { public static class Limits { public const int Max = Far.More.Max + 1; public const string Queue = nameof(Input); } }",
            "namespace App { public enum Limits { Max = 4, Queue } }",
        ],
        ["Near.cs"] =
        [
            null,
            null,
            "namespace App.Jobs1 { public static class Limits { public const string Queue = \"near\"; } public class Input { public int Near { get; set; } } }",
            "namespace App.Jobs1.Limits { public class C; }",
            "namespace App { public class Part { public int P { get; set; } } public class SpecialAttribute : Attribute; }",
        ],
        ["Far.cs"] =
        [
            "namespace Far { public static class More { public const int Max = 7; } public class Part { [System.ComponentModel.DataAnnotations.Required] public string? Name { get; set; } } public class SpecialAttribute : System.ComponentModel.DataAnnotations.ValidationAttribute; }",
            "namespace Far { public static class More { public const int Max = 8; } public struct Part { public int X { get; set; } } public class SpecialAttribute : System.ComponentModel.DataAnnotations.RequiredAttribute; }",
        ],
        ["Line.cs"] =
        [
            "namespace App { public class Line { public string Sku { get; set; } = \"\"; public string Shown { get => Sku; } } }",
            "namespace App { public class Line { public string Sku { get; set; } = \"\"; public string Shown { get => field; set => field = value; } = \"\"; } }",
            "namespace App { [System.Text.Json.Serialization.JsonDerivedType(typeof(Long), \"long\")] public abstract class Line { [System.ComponentModel.DataAnnotations.Length(1, Limits2.X)] public string Sku { get; init; } = \"\"; } }",
            "namespace App { public interface Line { int Count { get; set; } } }",
        ],
        ["Long.cs"] =
        [
            null,
            "namespace App { public class Long : Line { [System.ComponentModel.DataAnnotations.MinLength(2)] public string Text { get; set; } = \"\"; } }",
            "using L = App.Line; namespace App { public class Middle : L { } public class Long : Middle { [System.ComponentModel.DataAnnotations.EmailAddress] public string? Text { get; set; } } }",
        ],
        ["Limits2.cs"] = ["namespace App { static class Limits2 { public const int X = 3; } }", "namespace App { internal static class Limits2 { internal const int X = 4; } }"],
        ["Service.cs"] = ["namespace App { public class Service { } }", "namespace App { public struct Service { } }", "namespace App { file class Service { } }"],
        ["Global.cs"] = ["", "global using Far;", "global using Part = System.Int32;", "global using static App.Limits2;", "global using Named = Jobs.JobAttribute;", "global using System; global using Far; global using Named = Jobs.JobAttribute;"],
        ["Second.cs"] =
        [
            null,
            "[assembly: JobClient(Name = \"Client\")] namespace App { [Job(DeadLetterTo = typeof(Lost))] public sealed class Second : IJobHandler<Line> { public ValueTask HandleAsync(Line input, JobContext context, CancellationToken cancellationToken) => default; } }",
            "namespace App { [Job] public sealed class Lost : IJobHandler<DeadLetter> { public ValueTask HandleAsync(DeadLetter input, JobContext context, CancellationToken cancellationToken) => default; } }",
        ],
        ["System.cs"] = [null, null, null, "namespace System.ComponentModel.DataAnnotations { public sealed class RangeAttribute(int a, int b) : Attribute { } }"],
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_sources_are_those_of_a_new_driver_after_every_edit(int seed)
    {
        var random = new Random(seed);
        var project = new EditedProject();
        foreach (var file in _forms.Keys)
        {
            Edit(project, file, random);
        }

        var log = new List<string>();
        for (var edit = 0; edit < Edits; edit++)
        {
            var file = _forms.Keys.ElementAt(random.Next(_forms.Count));
            log.Add(random.Next(12) == 0 ? ChangeOptions(project, random) : $"{file}: {Edit(project, file, random)}");

            var (now, anew) = (project.Generate(), project.GenerateAnew());
            Assert.True(now.SequenceEqual(anew), $"After {string.Join("\n", log)}:\n{string.Join("\n", now.Except(anew))}\n----\n{string.Join("\n", anew.Except(now))}");
        }
    }

    private static string? Edit(EditedProject project, string file, Random random)
    {
        var forms = _forms[file];
        var text = forms[random.Next(forms.Length)];
        project.Write(file, text);
        return text;
    }

    private static string ChangeOptions(EditedProject project, Random random)
    {
        var nullable = random.Next(2) == 0 ? NullableContextOptions.Enable : NullableContextOptions.Disable;
        project.Change(compilation => compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable)));
        return nullable.ToString();
    }
}
