using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Travel;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("public sealed class Login { [{|JOB0306:Redacted|}] public string Password = \"\"; }")]
    [InlineData("public sealed class Login { [{|JOB0306:Redacted|}] public static string Password { get; set; } = \"\"; }")]
    [InlineData("public sealed class Login { [{|JOB0306:Redacted|}] internal string Password { get; set; } = \"\"; }")]
    [InlineData("public sealed class Login { [{|JOB0306:Redacted|}] public string Password { set { } } }")]
    [InlineData("public sealed class Login { [{|JOB0306:Redacted|}] public string this[int index] => \"\"; }")]
    [InlineData("public sealed record Login([field: {|JOB0306:Redacted|}] string Password);")]
    [InlineData("public sealed class Login { [field: {|JOB0306:Redacted|}] public string Password { get; set; } = \"\"; }")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public sealed class Login { [{|JOB0306:Redacted|}] public string Password { get; set; } = \"\"; }")]
    public Task A_redaction_without_effect(string type) => VerifyAsync(type);

    [Theory]
    [InlineData("public sealed record Login([property: Redacted] string Password) { [Redacted] public int Pin { get; init; } }")]
    [InlineData("public sealed class Login { [JsonInclude, Redacted] public string Password = \"\"; [JsonInclude, Redacted] internal string Other { get; set; } = \"\"; }")]
    [InlineData("public interface ILogin { [Redacted] string Password { get; } }")]
    [InlineData("public sealed class Login { public string Password = \"\"; }")]
    public Task A_redaction_with_effect_or_none(string type) => VerifyAsync(type);

    private static Task VerifyAsync(string type) => Analysis.VerifyAsync("using System.Text.Json.Serialization;\n" + type);
}
