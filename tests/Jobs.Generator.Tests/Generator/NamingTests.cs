using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Generator.Tests.Generator;

/// <summary>Properties and stored names.</summary>
public class NamingTests
{
    [Theory]
    [InlineData("SendEmail")]
    [InlineData("XMLReader")]
    [InlineData("SHA512Hash")]
    [InlineData("IOStream2Text")]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("ABc")]
    [InlineData("a_b")]
    [InlineData("_Leading")]
    [InlineData("Trailing_")]
    [InlineData("With Space  And More ")]
    [InlineData(" x")]
    [InlineData("Straße")]
    [InlineData("ÄÖÜber")]
    [InlineData("Ünicode4You")]
    [InlineData("名前Job")]
    [InlineData("ǅungla")]
    [InlineData("İstanbul")]
    [InlineData("a\u0301B")]
    [InlineData("x𝒜B")]
    [InlineData("")]
    public void Kebab_case_is_the_serializers(string name) => Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(name), KebabCase.Convert(name));

    [Fact]
    public void Kebab_case_is_the_serializers_for_any_name()
    {
        var characters = Gen.Elements("ABCXYZabcxyz0189_- .ÄäßΣσςǅ名\u0301".ToCharArray());
        var names = characters.ListOf().Select(list => new string([.. list])).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(names, name => JsonNamingPolicy.KebabCaseLower.ConvertName(name) == KebabCase.Convert(name)));
    }

    [Theory]
    [InlineData("class SendEmail", "SendEmail", "send-email")]
    [InlineData("class SendEmailHandler", "SendEmail", "send-email")]
    [InlineData("class SendEmailJob", "SendEmail", "send-email")]
    [InlineData("class SendEmailJobHandler", "SendEmailJob", "send-email-job")]
    [InlineData("class SendEmailHandlerJob", "SendEmailHandler", "send-email-handler")]
    [InlineData("class Handler", "Handler", "handler")]
    [InlineData("class Job", "Job", "job")]
    [InlineData("class JobHandler", "Job", "job")]
    [InlineData("class IceCream", "IceCream", "ice-cream")]
    [InlineData("class ISendEmail", "ISendEmail", "i-send-email")]
    [InlineData("class @class", "class", "class")]
    [InlineData("class Sendhandler", "Sendhandler", "sendhandler")]
    [InlineData("class Größe2", "Größe2", "größe2")]
    public void A_class_loses_one_suffix(string declaration, string property, string name) =>
        AssertNames($"[Job] public sealed {declaration} : IJobHandler {{ public ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken) => default; }}", property, name);

    [Theory]
    [InlineData("ISendEmail", "SendEmail", "send-email")]
    [InlineData("ISendEmailJob", "SendEmail", "send-email")]
    [InlineData("Import", "Import", "import")]
    [InlineData("IJob", "Job", "job")]
    [InlineData("I", "I", "i")]
    public void An_interface_also_loses_its_leading_letter(string type, string property, string name) =>
        AssertNames($"[Job] public interface {type} : IJobContract;", property, name);

    [Fact]
    public void Names_of_the_attribute_win()
    {
        AssertNames("[Job(ClientName = \"Mail\")] public interface ISendEmail : IJobContract;", "Mail", "mail");
        AssertNames("[Job(\"x.y\", ClientName = \"event\")] public interface ISendEmail : IJobContract;", "event", "x.y");
    }

    [Theory]
    [InlineData("ToString")]
    [InlineData("GetType")]
    [InlineData("JobClient")]
    [InlineData("JobNames")]
    [InlineData("not an identifier")]
    [InlineData("")]
    public void A_property_that_cannot_be_is_left_out(string clientName)
    {
        var run = TestCompilation.Run($"namespace App; [Job(ClientName = \"{clientName}\")] public interface ISendEmail : IJobContract; [Job] public interface IOther : IJobContract;");

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Other"], run.GetClientProperties());
    }

    private static void AssertNames(string declaration, string property, string name)
    {
        var run = TestCompilation.Run($"namespace App {{ {declaration} }}", references: TestCompilation.Runtime);
        Assert.Empty(run.Diagnostics);
        Assert.Equal([property], run.GetClientProperties());
        var constant = Assert.IsAssignableFrom<IFieldSymbol>(Assert.Single(run.Compilation.Assembly.GetTypeByMetadataName("App.JobNames")!.GetMembers()));
        Assert.Equal(name, constant.ConstantValue);
    }
}
