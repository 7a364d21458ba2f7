using Xunit;

namespace Jobs.Generator.Tests.Validation;

/// <summary>Emitted validators beside the framework's, on types and values that are made up.</summary>
public sealed class ValidationDifferentialTests
{
    private const int TypesPerAssembly = 30;
    private const int ValuesPerType = 60;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Verdicts_and_messages_are_those_of_the_framework(int seed)
    {
        var random = new Random(seed);
        var types = new RandomTypes(random).Create(TypesPerAssembly);
        var source = $$"""
            {{RandomTypes.Support}}
            namespace Ours
            {
            {{string.Concat(types.Select(type => type.Source))}}
            }
            #pragma warning disable CS8618, CS8765
            namespace Twins
            {
            {{string.Concat(types.Select(type => type.Twin))}}
            }
            """;
        var assembly = ValidatedAssembly.Create(source, [.. types.Select(type => $"Ours.{type.Name}")]);
        var values = new RandomValues(random);
        var (checkedCount, invalidCount) = (0, 0);
        foreach (var type in types)
        {
            for (var i = 0; i < ValuesPerType; i++)
            {
                var (ours, twin) = values.CreatePair(assembly.Assembly.GetType($"Ours.{type.Name}")!, assembly.Assembly.GetType($"Twins.{type.Name}")!);
                if (TryValidate(twin) is not { } expected)
                {
                    continue;
                }

                checkedCount++;
                invalidCount += expected.Length > 0 ? 1 : 0;
                var actual = Lines(assembly.Validate($"Ours.{type.Name}", ours).Select(error => (error.Member, error.Message)));
                Assert.True(expected.SequenceEqual(actual), $"""
                    Seed {seed}, value {i} of
                    {type.Source}
                    only the framework: {string.Join(" | ", Subtract(expected, actual))}
                    only ours: {string.Join(" | ", Subtract(actual, expected))}
                    """);
            }
        }

        Assert.True(checkedCount > TypesPerAssembly * ValuesPerType / 2, $"Seed {seed}: the framework had a verdict on {checkedCount} values only.");
        Assert.InRange(invalidCount, checkedCount / 10, checkedCount - 1);
    }

    /// <summary>Null where the framework throws instead of giving a verdict.</summary>
    private static string[]? TryValidate(object twin)
    {
        try
        {
            return Lines(FrameworkOracle.Validate(twin, "Twins"));
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException or InvalidCastException)
        {
            return null;
        }
    }

    private static string[] Lines(IEnumerable<(string Member, string Message)> errors) =>
        [.. errors.Select(error => $"{error.Member}: {error.Message}").Order(StringComparer.Ordinal)];

    private static List<string> Subtract(string[] from, string[] what)
    {
        var rest = from.ToList();
        foreach (var line in what)
        {
            rest.Remove(line);
        }

        return rest;
    }
}
