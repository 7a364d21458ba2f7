using Xunit;

namespace Jobs.Generator.Tests.Validation;

public sealed class ValidatorTests
{
    [Fact]
    public void A_record_is_checked_by_the_attributes_on_its_parameters()
    {
        var assembly = ValidatedAssembly.Create(
            "public sealed record Mail([EmailAddress] string To, [Required, StringLength(5)] string Subject, string Body);\n" +
            "public static class Values { public static Mail Bad = new(\"x\", \"too long\", null!); public static Mail Good = new(\"a@b\", \"x\", \"\"); }",
            "Mail");

        Assert.Equal(
            [
                new("To", "The To field is not a valid e-mail address.", "EmailAddress"),
                new("Subject", "The field Subject must be a string with a maximum length of 5.", "StringLength"),
                new("Body", "The Body field is required.", "Required"),
            ],
            assembly.Validate("Mail", assembly.Value("Bad")));
        Assert.Empty(assembly.Validate("Mail", assembly.Value("Good")));
        Assert.Equal([new("", "The Mail field is required.", "Required")], assembly.Validate("Mail", null));
    }
}
