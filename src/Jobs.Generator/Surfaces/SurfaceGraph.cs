using System.Text;

namespace Jobs.Generator.Surfaces;

/// <summary>
/// Which file leads to which. A file that is reached because a value may be of one of its types leads to those that derive from them,
/// since values are checked as what they are; one that is reached as a base does not.
/// </summary>
internal sealed class SurfaceGraph
{
    private const string AttributeSuffix = "Attribute";

    /// <summary>A file that leads to more than this depends on everything: to follow each job so far would cost more than it saves.</summary>
    private const int MaxFiles = 100;

    private readonly IReadOnlyList<DeclarationSurface> _trees;
    private readonly Dictionary<string, List<int>> _declaring = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _declaringAttribute = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _inheriting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _globallyMentioned = new(StringComparer.Ordinal);
    private readonly int[]?[] _leads;
    private readonly ContentHash _ambient;
    private readonly Lazy<ContentHash> _everything;
    private readonly ContentHash?[] _dependencies;

    public SurfaceGraph(IReadOnlyList<DeclarationSurface> trees)
    {
        _trees = trees;
        _leads = new int[]?[trees.Count * 2];
        _dependencies = new ContentHash?[trees.Count];
        _everything = new(() => HashOf(Enumerable.Range(0, trees.Count)));
        var namespaces = new SortedSet<string>(StringComparer.Ordinal);
        var ambient = new StringBuilder();
        for (var i = 0; i < trees.Count; i++)
        {
            var tree = trees[i];
            Index(_declaring, tree.Declared, i);
            Index(_declaringAttribute, tree.Declared.Where(IsAttribute).Select(static name => name.Substring(0, name.Length - AttributeSuffix.Length)), i);
            Index(_inheriting, tree.Inherited, i);
            _globallyMentioned.UnionWith(tree.GloballyMentioned);
            namespaces.UnionWith(tree.Namespaces);
            ambient.Append(tree.GlobalUsings);
            if (tree.IsAmbient)
            {
                tree.Hash.AppendTo(ambient);
            }
        }

        foreach (var space in namespaces)
        {
            ambient.Append(space).Append('\n');
        }

        _ambient = ContentHash.Of(ambient);
    }

    /// <summary>Stands for the surfaces of all files that a file can depend on, itself included, in the order of the compilation.</summary>
    public ContentHash DependenciesOf(int tree) => (_dependencies[tree] ??= FindDependencies(tree));

    private ContentHash FindDependencies(int tree)
    {
        var met = new HashSet<int> { Open(tree) };
        var waiting = new Stack<int>([Open(tree)]);
        while (waiting.Count > 0)
        {
            foreach (var next in LeadsOf(waiting.Pop()))
            {
                if (met.Add(next))
                {
                    waiting.Push(next);
                }
            }

            if (met.Count > MaxFiles * 2)
            {
                return _everything.Value;
            }
        }

        return HashOf(met.Select(static node => node / 2).Distinct().OrderBy(static reached => reached));
    }

    private ContentHash HashOf(IEnumerable<int> trees)
    {
        var text = new StringBuilder();
        _ambient.AppendTo(text);
        foreach (var tree in trees)
        {
            _trees[tree].Hash.AppendTo(text);
        }

        return ContentHash.Of(text);
    }

    /// <summary>Each file is there twice: as one that is looked at, and as one whose types' subtypes count as well.</summary>
    private static int Plain(int tree) => tree * 2;

    private static int Open(int tree) => (tree * 2) + 1;

    private static bool IsAttribute(string name) => name.EndsWith(AttributeSuffix, StringComparison.Ordinal);

    private static void Index(Dictionary<string, List<int>> index, IEnumerable<string> names, int tree)
    {
        foreach (var name in names)
        {
            if (!index.TryGetValue(name, out var trees))
            {
                index.Add(name, trees = []);
            }

            trees.Add(tree);
        }
    }

    private int[] LeadsOf(int node) => _leads[node] ??= [.. FindLeads(_trees[node / 2], node)];

    private HashSet<int> FindLeads(DeclarationSurface tree, int node)
    {
        var leads = new HashSet<int>();
        if (node == Open(node / 2))
        {
            leads.Add(Plain(node / 2));
            Add(tree.Declared, _inheriting, Open);
            return leads;
        }

        Add(tree.Mentioned, _declaring, Open);
        Add(_globallyMentioned, _declaring, Open);
        Add(tree.Mentioned, _declaringAttribute, Open);

        // The other parts of a partial type, and what types derive from.
        Add(tree.Declared, _declaring, Plain);
        Add(tree.Inherited, _declaring, Plain);
        return leads;

        void Add(IEnumerable<string> names, Dictionary<string, List<int>> index, Func<int, int> mark)
        {
            foreach (var name in names)
            {
                if (index.TryGetValue(name, out var trees))
                {
                    leads.UnionWith(trees.Select(mark));
                }
            }
        }
    }
}
