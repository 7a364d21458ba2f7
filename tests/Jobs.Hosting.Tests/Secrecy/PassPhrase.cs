namespace Jobs.Hosting.Tests.Secrecy;

public sealed record PassPhrase
{
    public PassPhrase(string words) => Words = words.Contains(' ', StringComparison.Ordinal) ? words : throw new ArgumentException($"'{words}' is one word.", nameof(words));

    public string Words { get; }
}
