using System.Collections.Immutable;
using Jobs.Generator.Models;

namespace Jobs.Generator.Composition;

/// <summary>The ways that lead from former forms to an input.</summary>
internal static class UpgradePaths
{
    /// <summary>Each upgrader once, in a fixed order.</summary>
    public static EquatableArray<UpgraderModel> Order(ImmutableArray<UpgraderModel> upgraders, CancellationToken cancellationToken) => upgraders
        .Distinct()
        .OrderBy(static upgrader => upgrader.Type, StringComparer.Ordinal)
        .ThenBy(static upgrader => upgrader.Old.TypeOf, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The ways to a type, nearest first; each is the upgraders to call, in the order of the calls. No form is on a way twice.</summary>
    public static IReadOnlyList<IReadOnlyList<UpgraderModel>> To(string type, IReadOnlyList<UpgraderModel> upgraders)
    {
        if (upgraders.Count == 0)
        {
            return [];
        }

        var known = new HashSet<string>(StringComparer.Ordinal) { type };
        var paths = new List<IReadOnlyList<UpgraderModel>>();
        var open = new Queue<(string Type, IReadOnlyList<UpgraderModel> Path)>([(type, [])]);
        while (open.Count > 0)
        {
            var (target, rest) = open.Dequeue();
            foreach (var upgrader in upgraders.Where(upgrader => upgrader.New.TypeOf == target && known.Add(upgrader.Old.TypeOf)))
            {
                IReadOnlyList<UpgraderModel> path = [upgrader, .. rest];
                paths.Add(path);
                open.Enqueue((upgrader.Old.TypeOf, path));
            }
        }

        return paths;
    }
}
