using Xunit;

namespace Jobs.Generator.Tests.Json;

/// <summary>Every shape, read and written by the emitted metadata as by the reflection serializer.</summary>
public sealed class JsonShapeTests
{
    public static TheoryData<string> Names => [.. JsonShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Emitted_metadata_agrees_with_reflection(string name)
    {
        var shape = JsonShapes.All.Single(shape => shape.Name == name);
        using var subject = JsonSubject.Compile(shape.Source, shape.Root);
        foreach (var json in shape.Json.SelectMany(JsonMutations.Of).Distinct())
        {
            JsonAgreement.OnReading(subject, subject.Root(), json, name);
        }
    }
}
