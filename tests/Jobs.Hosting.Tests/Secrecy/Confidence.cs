using System.ComponentModel.DataAnnotations;

namespace Jobs.Hosting.Tests.Secrecy;

/// <summary>An input whose own code is talkative: what it refuses, it repeats.</summary>
public sealed record Confidence([Required, StringLength(40)] string Text, Mood Mood = Mood.Well, Dictionary<string, int>? Counts = null, PassPhrase? PassPhrase = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Text.StartsWith('!'))
            yield return new ValidationResult($"'{Text}' is not to be said.", [nameof(Text)]);
    }
}
