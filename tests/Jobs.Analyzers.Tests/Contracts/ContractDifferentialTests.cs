using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Jobs.Analyzers.Tests.Testing;
using Jobs.Generator.Contracts;
using Jobs.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Jobs.Analyzers.Tests.Contracts;

/// <summary>
/// What is called compatible, and what is called a break, compared with System.Text.Json: texts of the type before are read as the
/// type after. What is compatible must read them all and keep all that is in them; a break must refuse one or lose something.
/// </summary>
public sealed class ContractDifferentialTests
{
    private static readonly JsonSerializerOptions _options = new(JobJson.CreateOptions(new DefaultJsonTypeInfoResolver())) { Converters = { new JsonStringEnumConverter() } };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compatible_changes_read_everything_and_breaks_do_not(int seed)
    {
        var contracts = new RandomContracts(new Random(seed));
        var pairs = contracts.Create(150);
        var compilation = new TestProject(string.Join("\n", pairs.Select(pair => $"namespace Before{pair.Index} {{ {pair.Before.Declare()} }}\nnamespace After{pair.Index} {{ {pair.After.Declare()} }}"))).CreateSourceCompilation();
        var assembly = Load(compilation);
        var (breaks, changes) = (0, 0);
        foreach (var pair in pairs)
        {
            var found = Compare(compilation, pair);
            var isBreak = found.Any(change => change.IsBreak);
            breaks += isBreak ? 1 : 0;
            changes += found.Count > 0 && !isBreak ? 1 : 0;
            var losses = FindLosses(contracts, pair, assembly, found).Take(isBreak ? 1 : 5).ToList();

            Assert.True(
                isBreak == losses.Count > 0,
                $"Pair {pair.Index} of seed {seed}: {string.Join("; ", found.Select(change => $"{(change.IsBreak ? "BREAK" : "change")} {change.Path} {change.Message}"))}\nlosses: {string.Join("\n", losses)}\n{pair.Before.Declare()}\n{pair.After.Declare()}");
        }

        Assert.True(breaks > 20 && changes > 10, $"Only {breaks} breaks and {changes} other changes: the cases are too tame.");
    }

    private static IReadOnlyList<ContractChange> Compare(Compilation compilation, RandomContracts.Pair pair)
    {
        var before = new ShapeParser(compilation, CancellationToken.None);
        var after = new ShapeParser(compilation, CancellationToken.None);
        var from = before.Add(compilation.GetTypeByMetadataName($"Before{pair.Index}.{pair.Before.Outer.Name}")!, isNullable: false);
        var to = after.Add(compilation.GetTypeByMetadataName($"After{pair.Index}.{pair.After.Outer.Name}")!, isNullable: false);

        // Through the file's form, which must keep all that the comparison needs.
        var recorded = new ContractSet { Jobs = { ["job"] = new JobContract { Input = from } } };
        foreach (var type in before.Types)
        {
            recorded.Types.Add(type.Key, type.Value);
        }

        var read = ContractFile.Read(ContractFile.Write(recorded));
        return new ContractComparison(read.Types, after.Types).Compare(read.Jobs["job"].Input!, to, "input");
    }

    private static IEnumerable<string> FindLosses(RandomContracts contracts, RandomContracts.Pair pair, Assembly assembly, IReadOnlyList<ContractChange> changes)
    {
        var before = assembly.GetType($"Before{pair.Index}.{pair.Before.Outer.Name}", throwOnError: true)!;
        var after = assembly.GetType($"After{pair.Index}.{pair.After.Outer.Name}", throwOnError: true)!;
        var gone = changes.Where(change => change.Message == "is gone").Select(change => change.Path[(change.Path.LastIndexOf('.') + 1)..]).ToList();
        for (var i = 0; i < 300; i++)
        {
            var text = contracts.CreateText(pair.Before, pair.Before.Outer).ToJsonString();
            var old = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(text, before, _options), before, _options);
            string? loss = null;
            try
            {
                var current = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(text, after, _options), after, _options);
                var kept = Leaves(current, "input", "input").ToDictionary(leaf => leaf.Exact, leaf => leaf.Value, StringComparer.Ordinal);
                var sent = Leaves(JsonNode.Parse(text), "input", "input").Select(leaf => leaf.Exact).ToHashSet(StringComparer.Ordinal);
                loss = Leaves(old, "input", "input")
                    .Where(leaf => sent.Contains(leaf.Exact) && !leaf.Path.Replace("[]", "", StringComparison.Ordinal).Split('.').Intersect(gone).Any())
                    .Where(leaf => !kept.TryGetValue(leaf.Exact, out var value) || value != leaf.Value)
                    .Select(leaf => $"{leaf.Exact} was {leaf.Value} and is {kept.GetValueOrDefault(leaf.Exact, "gone")}: {text}")
                    .FirstOrDefault();
            }
            catch (JsonException refusal)
            {
                loss = $"{refusal.Message}: {text}";
            }

            if (loss is not null)
            {
                yield return loss;
            }
        }
    }

    /// <summary>Every value, with its place and with the place as changes write it.</summary>
    private static IEnumerable<(string Exact, string Path, string Value)> Leaves(JsonNode? node, string exact, string path)
    {
        switch (node)
        {
            case JsonObject members:
                return members.SelectMany(member => Leaves(member.Value, $"{exact}.{member.Key}", member.Key.Length <= 2 && (member.Key[0] == 'k' || char.IsDigit(member.Key[0])) ? path + "[]" : $"{path}.{member.Key}"));
            case JsonArray items:
                return items.SelectMany((item, index) => Leaves(item, $"{exact}[{index}]", path + "[]")).Append((exact + "#", path, items.Count.ToString(CultureInfo.InvariantCulture)));
            default:
                var text = node?.ToJsonString() ?? "null";
                return [(exact, path, double.TryParse(text, CultureInfo.InvariantCulture, out _) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.#############################", CultureInfo.InvariantCulture) : text)];
        }
    }

    private static Assembly Load(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }
}
