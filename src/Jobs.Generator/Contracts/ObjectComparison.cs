namespace Jobs.Generator.Contracts;

/// <summary>The members of an object, before and now.</summary>
internal sealed class ObjectComparison(ContractComparison comparison, ObjectShape before, ObjectShape now, ContractComparison.Place place)
{
    public void Compare()
    {
        var added = now.Members.Where(member => before.Find(member.Key) is null).ToList();
        foreach (var member in before.Members)
        {
            if (now.Find(member.Key) is { } current)
            {
                CompareMember(member.Key, member.Value, current);
            }
            else
            {
                CompareRemoved(member.Key, member.Value, added);
            }
        }

        foreach (var member in added)
        {
            var at = At(member.Key);
            if (member.Value.IsRequired)
            {
                comparison.Break(at, "is new and required, and what is queued does not have it; give it a default");
            }
            else
            {
                comparison.Change(at, "is new");
            }
        }

        CompareDerived();
    }

    private void CompareMember(string name, MemberShape old, MemberShape current)
    {
        if (!old.IsRequired && current.IsRequired)
        {
            comparison.Break(At(name), "is required now, and what is queued may not have it; give it a default");
        }
        else if (old.IsRequired && !current.IsRequired)
        {
            comparison.Change(At(name), "is not required any more");
        }

        comparison.CompareMember(old.Type, current.Type, At(name).Path, place.Type!, name);
    }

    private void CompareRemoved(string name, MemberShape old, List<KeyValuePair<string, MemberShape>> added)
    {
        var renamed = added.FirstOrDefault(candidate => candidate.Value.Type == old.Type).Key;
        var at = place with { Path = $"{place.Path}.{name}", Member = renamed };
        if (renamed is not null && !now.KeepsUnknown)
        {
            comparison.Break(at, $"is gone, perhaps renamed to '{renamed}'; keep the name in JSON with [JsonPropertyName(\"{name}\")]");
        }
        else if (old.IsRequired)
        {
            comparison.Break(at with { Member = null }, "is gone: workers of the previous version require it, and what is queued would lose it");
        }
        else if (now.IsClosed)
        {
            comparison.Break(at with { Member = null }, "is gone, and members that are not known are refused");
        }
        else
        {
            comparison.Change(at with { Member = null }, "is gone");
        }
    }

    private void CompareDerived()
    {
        if (!before.IsAbstract && now.IsAbstract)
        {
            comparison.Break(place, "has only derived types now");
        }

        if (before.Derived.Count > 0 && now.Derived.Count > 0 && before.Discriminator != now.Discriminator)
        {
            comparison.Break(place, $"tells its derived types apart by '{now.Discriminator}', which was '{before.Discriminator}'");
            return;
        }

        foreach (var derived in before.Derived)
        {
            var current = now.Derived.FirstOrDefault(candidate => candidate.Key == derived.Key).Value;
            if (current is null)
            {
                comparison.Break(place, $"has lost its derived type '{derived.Key}'");
            }
            else
            {
                comparison.CompareMember(derived.Value, current, $"{place.Path}({derived.Key})", place.Type!, null!);
            }
        }

        foreach (var derived in now.Derived.Where(derived => !before.Derived.Any(known => known.Key == derived.Key)))
        {
            comparison.Change(place, $"has the derived type '{derived.Key}' now");
        }
    }

    private ContractComparison.Place At(string member) => place with { Path = $"{place.Path}.{member}", Member = member };
}
