namespace Jobs.Generator.Contracts;

/// <summary>Whether a text that was written by recorded types can be read by those of now, and what is different at all.</summary>
internal sealed class ContractComparison(IReadOnlyDictionary<string, TypeShape> recorded, IReadOnlyDictionary<string, TypeShape> current)
{
    private readonly HashSet<(string, string)> _compared = [];
    private readonly List<ContractChange> _changes = [];

    /// <summary>The differences between a recorded type and the current one, breaks and others.</summary>
    /// <param name="before">The recorded type, as contracts write it.</param>
    /// <param name="now">The current type.</param>
    /// <param name="path">How to call the whole: <c>input</c> or <c>result</c>.</param>
    public IReadOnlyList<ContractChange> Compare(string before, string now, string path)
    {
        Compare(TypeExpression.Parse(before), TypeExpression.Parse(now), new Place(path, null, null));
        return _changes;
    }

    private void Compare(TypeExpression before, TypeExpression now, Place place)
    {
        if (before.IsNullable && !now.IsNullable)
        {
            Break(place, "could be null and cannot any more");
        }
        else if (!before.IsNullable && now.IsNullable)
        {
            Change(place, "can be null now");
        }

        if (now.Name == ScalarNames.Any)
        {
            if (before.Name != ScalarNames.Any)
            {
                Change(place, $"was {Plain(before)} and takes anything now");
            }

            return;
        }

        switch (recorded.TryGetValue(before.Name, out var old) ? old : null, current.TryGetValue(now.Name, out var shape) ? shape : null)
        {
            case (EnumShape from, EnumShape to):
                CompareEnums(before, from, now, to, place);
                return;
            case (ObjectShape from, ObjectShape to):
                // Types may contain themselves; the same pair is the same comparison.
                if (_compared.Add((before.Name, now.Name)))
                {
                    new ObjectComparison(this, from, to, place with { Type = now.Name, Member = null }).Compare();
                }

                return;
            case (null, EnumShape to) when ScalarNames.CanWiden(before.Name, to.Underlying):
                Change(place, $"was {Plain(before)} and is {Plain(now)}, which reads numbers too");
                return;
            case (null, null) when before.IsSequence && now.IsSequence:
                CompareSequences(before, now, place);
                return;
            case (null, null) when before.IsMap && now.IsMap:
                CompareMaps(before, now, place);
                return;
            case (null, null) when before.Name == now.Name && before.Arguments.Count == now.Arguments.Count:
                return;
            case (null, null) when before.Arguments.Count == 0 && now.Arguments.Count == 0 && ScalarNames.CanWiden(before.Name, now.Name):
                Change(place, $"was {Plain(before)} and is {Plain(now)}, which reads all of it");
                return;
            default:
                Break(place, $"was {Plain(before)} and is {Plain(now)}");
                return;
        }
    }

    public void CompareMember(string before, string now, string path, string type, string member) =>
        Compare(TypeExpression.Parse(before), TypeExpression.Parse(now), new Place(path, type, member));

    public void Break(Place place, string message) => _changes.Add(new(true, place.Path, message, place.Type, place.Member));

    public void Change(Place place, string message) => _changes.Add(new(false, place.Path, message, place.Type, place.Member));

    private void CompareSequences(TypeExpression before, TypeExpression now, Place place)
    {
        if (before.Name != now.Name)
        {
            // A set drops what is there twice; a stack turns the order round.
            var isHarmless = before.Name == TypeExpression.Set && now.Name == TypeExpression.Array;
            Note(isHarmless, place, $"was {Article(before.Name)} and is {Article(now.Name)}");
        }

        Compare(before.Arguments[0], now.Arguments[0], place with { Path = place.Path + "[]" });
    }

    private void CompareMaps(TypeExpression before, TypeExpression now, Place place)
    {
        var (from, to) = (before.Arguments[0], now.Arguments[0]);
        if (from.Name != to.Name)
        {
            Note(to.Name == ScalarNames.Text || ScalarNames.CanWiden(from.Name, to.Name), place, $"had keys of {Plain(from)} and has keys of {Plain(to)}");
        }

        Compare(before.Arguments[1], now.Arguments[1], place with { Path = place.Path + "[]" });
    }

    private void CompareEnums(TypeExpression before, EnumShape from, TypeExpression now, EnumShape to, Place place)
    {
        if (!_compared.Add((before.Name, now.Name)))
        {
            return;
        }

        var names = to.Members.ToDictionary(static member => member.Key, static member => member.Value, StringComparer.Ordinal);
        foreach (var member in from.Members)
        {
            if (!names.TryGetValue(member.Key, out var number))
            {
                Break(place with { Type = now.Name, Member = null }, $"has lost '{member.Key}' of the enum {now.Name}");
            }
            else if (number != member.Value)
            {
                Break(place with { Type = now.Name, Member = member.Key }, FormattableString.Invariant($"has '{member.Key}' of the enum {now.Name} as {number}, which was {member.Value}"));
            }
        }

        foreach (var member in to.Members.Where(member => !from.Members.Any(known => known.Key == member.Key)))
        {
            Change(place with { Type = now.Name, Member = member.Key }, $"can be '{member.Key}' now");
        }

        if (from.Underlying != to.Underlying)
        {
            Note(ScalarNames.CanWiden(from.Underlying, to.Underlying), place with { Type = now.Name, Member = null }, $"is an enum of {to.Underlying}, which was one of {from.Underlying}");
        }
    }

    private void Note(bool isHarmless, Place place, string message) => _changes.Add(new(!isHarmless, place.Path, message, place.Type, place.Member));

    private static string Plain(TypeExpression type) => (type with { IsNullable = false }).ToString();

    private static string Article(string name) => name == TypeExpression.Array ? "an array" : $"a {name}";

    /// <summary>Where a comparison is.</summary>
    internal sealed record Place(string Path, string? Type, string? Member);
}
