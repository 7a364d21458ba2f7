using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Emitted;

/// <summary>What is emitted is compiled in the user's project, under the user's rules.</summary>
public sealed class EmittedCodeTests
{
    /// <summary>Everything that is emitted for: names that are hard, every kind of handler, metadata, validators, contracts, upgraders, schedules. The rules apply to what is emitted; this file is let off.</summary>
    private const string Source = """
        #pragma warning disable
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using Jobs;

        namespace @namespace.@event.System.Jobs_
        {
            public enum @enum { @int, @string = 5 }
            [JsonDerivedType(typeof(Größe), "größe")] public abstract record @abstract;
            public sealed record Größe([property: Range(typeof(decimal), "1", "2")] decimal @decimal) : @abstract;
            public readonly record struct @struct(int @int, string? @class);
            public sealed class Node<T> { [MinLength(1), MaxLength(5)] public List<T?> @params { get; init; } = []; public Node<T>? Next { get; init; } [JsonInclude] private int @private { get; init; } [Obsolete("old")] public int Old { get; set; } }
            public sealed record @record([Required, StringLength(5)] string @checked, @abstract? Shape, Dictionary<int, @struct[]> Map, (int A, string? B) Pair, Node<@record>? Node = null) : IValidatableObject
            {
                [Length(1, 3), Compare(nameof(@checked))] public string? @out { get; init; }
                public required @enum Kind { get; init; }
                IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext context) => [];
            }
            public sealed record OldRecord(string Text);
            public sealed class Upgrader(IServiceProvider services) : IJobInputUpgrader<OldRecord, @record> { public @record Upgrade(OldRecord input) => throw new NotSupportedException(); }
            [Job("a", Queue = "q", MaxAttempts = 2, Timeout = "1m", Aliases = new[] { "b" }, Description = "\"'\\ {0} </summary>")] public sealed class @class(IServiceProvider services, string? text = null) : IJobHandler<@record, (int, string?)?>, IAsyncDisposable
            {
                public ValueTask<(int, string?)?> HandleAsync(@record input, JobContext context, CancellationToken cancellationToken) => default;
                public ValueTask DisposeAsync() => default;
            }
            [Job] public sealed class Nothing : IJobHandler { public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }
            [Job(Cron = "0 5 * * *")] public sealed class 名前 : IJobHandler { public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }
            [Job("pay")] public interface IPay : IJobContract<int[], string>;
            [Job(Contract = typeof(IPay))] public sealed class PayHandler : IJobHandler<int[], string> { public ValueTask<string> HandleAsync(int[] input, JobContext context, CancellationToken cancellationToken) => new(""); }
        }
        [Job] public sealed class InTheGlobalNamespace : IJobHandler<string?> { public ValueTask HandleAsync(string? input, JobContext context, CancellationToken cancellationToken) => default; }
        """;

    /// <summary>A library that lets its friends see its internal jobs.</summary>
    private const string Mail = """
        #pragma warning disable
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Reports"), System.Runtime.CompilerServices.InternalsVisibleTo("Shop")]
        namespace Mail
        {
            using System.ComponentModel.DataAnnotations;
            using System.Threading;
            using System.Threading.Tasks;
            using Jobs;

            internal sealed record Spam([Required, StringLength(5)] string Text);
            /// <summary>Checks.</summary>
            [Job(Cron = "@daily")] public sealed class CheckMail : IJobHandler { public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }
            [Job] internal sealed class CheckSpam : IJobHandler<Spam> { public ValueTask HandleAsync(Spam input, JobContext context, CancellationToken cancellationToken) => default; }
        }
        """;

    [Theory]
    [InlineData("13", "disable", "@namespace.1st-Company")]
    [InlineData("13", "enable", "Shop")]
    [InlineData("14", "disable", "Shop")]
    [InlineData("14", "enable", "@namespace.1st-Company")]
    public async Task It_draws_no_warning_under_any_rule(string languageVersion, string implicitUsings, string rootNamespace)
    {
        using var project = CreateProject($"""
            <LangVersion>{languageVersion}</LangVersion>
            <ImplicitUsings>{implicitUsings}</ImplicitUsings>
            <RootNamespace>{rootNamespace}</RootNamespace>
            """);
        project.Write("Source.cs", Source);

        await BuildAsync(project);
    }

    [Fact]
    public async Task Friends_and_a_library_that_is_referenced_twice_draw_no_warning_under_any_rule()
    {
        using var mail = CreateProject("<AssemblyName>Mail</AssemblyName><RootNamespace>Mail</RootNamespace>");
        mail.Write("Source.cs", Mail);
        await BuildAsync(mail);
        using var reports = CreateProject("<AssemblyName>Reports</AssemblyName><RootNamespace>Reports</RootNamespace>", mail.PathOf("bin/Mail.dll"));
        reports.Write("Source.cs", Mail.Replace("namespace Mail", "namespace Reports", StringComparison.Ordinal).Replace("Mail :", "Reports :", StringComparison.Ordinal).Replace("CheckSpam", "CountSpam", StringComparison.Ordinal));
        await BuildAsync(reports);
        using var shop = CreateProject("<RootNamespace>Shop</RootNamespace>", mail.PathOf("bin/Mail.dll"), reports.PathOf("bin/Reports.dll"));
        shop.Write("Source.cs", """
            #pragma warning disable
            public static class Caller
            {
                public static object[] All(Shop.JobClient jobs) => [jobs.CheckMail, jobs.CheckReports];
                internal static object[] Friends(Shop.JobClient jobs) => [jobs.CheckSpam, jobs.CountSpam];
            }
            """);

        await BuildAsync(shop);
    }

    private static TemporaryProject CreateProject(string properties, params string[] references)
    {
        var project = new TemporaryProject($"""
            {properties}
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisLevel>latest-all</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <IsAotCompatible>true</IsAotCompatible>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <AssemblyVersion>1.0.0.0</AssemblyVersion>
            <OutputPath>bin</OutputPath>
            <AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>
            <NoWarn>$(NoWarn);CA1014;CA1016;CA1017</NoWarn>
            """);
        project.Write("Directory.Build.targets", $"<Project><ItemGroup>{string.Concat(references.Select(reference => $"<Reference Include=\"{reference}\" />"))}</ItemGroup></Project>");
        return project;
    }

    private static async Task BuildAsync(TemporaryProject project)
    {
        var output = await project.BuildAsync(0, "-restore");

        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
    }
}
