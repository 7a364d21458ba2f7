using Xunit;

namespace Jobs.Generator.Tests.Json;

/// <summary>Invented types and values, the latter also broken, through the emitted metadata and through reflection.</summary>
public sealed class JsonDifferentialTests
{
    private const int TypesPerRun = 16;
    private const int ValuesPerType = 3;
    private const int VariantsPerValue = 8;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 15)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Invented_types_travel_as_with_reflection(int seed)
    {
        var types = new RandomTypes(seed);
        var source = types.Declare(TypesPerRun);
        var names = Enumerable.Range(0, TypesPerRun).Select(index => "T" + index).ToArray();
        var random = new Random(seed);
        using var subject = JsonSubject.Compile(source, names);
        for (var index = 0; index < names.Length; index++)
        {
            for (var value = 0; value < ValuesPerType; value++)
            {
                var json = types.Json(names[index]);
                var variants = JsonMutations.Of(json).ToArray();
                random.Shuffle(variants);
                foreach (var variant in variants.Take(VariantsPerValue).Prepend(json))
                {
                    JsonAgreement.OnReading(subject, subject.Root(index), variant, $"seed {seed}");
                }
            }
        }
    }
}
