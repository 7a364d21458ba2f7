using System.Text.Json;
using Xunit;

namespace Jobs.Generator.Tests.Json;

/// <summary>Compares emitted metadata with the reflection serializer: the same text out, the same values in, the same refusals.</summary>
internal static class JsonAgreement
{
    /// <summary>Reads with both; both refuse, or both give values that are written alike by both.</summary>
    public static void OnReading(JsonSubject subject, Type type, string json, string? context = null)
    {
        var (expected, expectedError) = Try(() => JsonSerializer.Deserialize(json, type, subject.Reflected));
        var (actual, actualError) = Try(() => subject.Format(type).Read(json));
        if (expectedError is null != actualError is null || expectedError?.GetType() != actualError?.GetType())
        {
            Assert.Fail($"{context}\nreading {type}: {json}\nreflection: {expectedError?.ToString() ?? "accepts"}\nemitted: {actualError?.ToString() ?? "accepts"}");
        }

        if (expectedError is null)
        {
            var expectedText = Write(expected, type, subject.Reflected);
            Equal(expectedText, Write(actual, type, subject.Reflected), $"{context}\nvalue read as {type} from {json}");
            Equal(expectedText, WriteEmitted(actual, type, subject), $"{context}\ntext written as {type} of {json}");
        }
    }

    /// <summary>Writes with both; both refuse, or the texts are the same.</summary>
    public static string OnWriting(JsonSubject subject, Type type, object? value, string? context = null)
    {
        var expected = Write(value, type, subject.Reflected);
        Equal(expected, WriteEmitted(value, type, subject), $"{context}\ntext written as {type}");
        return expected;
    }

    private static string WriteEmitted(object? value, Type type, JsonSubject subject) => TextOf(Try(() => subject.Format(type).Write(value)));

    private static string Write(object? value, Type type, JsonSerializerOptions options) => TextOf(Try(() => JsonSerializer.Serialize(value, type, options)));

    private static string TextOf((object? Value, Exception? Error) outcome)
    {
        var (text, error) = outcome;
        return error is null ? (string)text! : "! " + error.GetType().Name;
    }

    private static (object? Value, Exception? Error) Try(Func<object?> action)
    {
        try
        {
            return (action(), null);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or InvalidCastException or NullReferenceException or FormatException)
        {
            return (null, error);
        }
    }

    private static void Equal(string expected, string actual, string context)
    {
        if (expected != actual)
        {
            Assert.Fail($"{context}\nreflection: {expected}\nemitted:    {actual}");
        }
    }
}
