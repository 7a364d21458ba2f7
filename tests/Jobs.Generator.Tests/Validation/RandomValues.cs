using System.Collections;

namespace Jobs.Generator.Tests.Validation;

/// <summary>Makes up values, each twice: of a type and of its twin.</summary>
internal sealed class RandomValues(Random random)
{
    private static readonly string[] _texts =
        ["", " ", "a", "abc", "bc1", "zz", "abcd", "a@b", "@", "http://x.example", "ftp:", "+1 (555) 010", "x 5", "4111111111111111", "1234", "a.png", "b.txt", "c.exe", "YWJj", "===", "Monday", "2", "5", "-1", "12.5", "99", "\u00e9\u20ac"];

    private readonly Dictionary<Type, Type[]> _derived = [];

    /// <summary>Two objects with the same values.</summary>
    public (object Ours, object Twin) CreatePair(Type ours, Type twin, int depth = 0)
    {
        var concrete = Pick(Derived(ours));
        var twinConcrete = twin.Assembly.GetType($"{twin.Namespace}.{concrete.Name}", throwOnError: true)!;
        var second = Activator.CreateInstance(twinConcrete)!;
        var properties = concrete.GetProperties().Where(p => p.CanWrite).ToDictionary(p => p.Name, p => p);
        var constructor = concrete.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var isPositional = constructor.GetParameters().Length > 0;
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, property) in properties)
        {
            var twinProperty = twinConcrete.GetProperty(name)!;
            var (a, b) = CreateValue(property.PropertyType, twinProperty.PropertyType, depth);
            arguments[name] = a;
            twinProperty.SetValue(second, b);
        }

        object first;
        if (isPositional)
        {
            first = constructor.Invoke([.. constructor.GetParameters().Select(p => arguments[p.Name!])]);
        }
        else
        {
            first = constructor.Invoke([]);
            foreach (var (name, value) in arguments)
            {
                properties[name].SetValue(first, value);
            }
        }

        return (first, second);
    }

    private (object? Ours, object? Twin) CreateValue(Type ours, Type twin, int depth)
    {
        if ((!ours.IsValueType || Nullable.GetUnderlyingType(ours) is not null) && random.Next(depth > 3 ? 2 : 6) == 0)
        {
            return (null, null);
        }

        ours = Nullable.GetUnderlyingType(ours) ?? ours;
        twin = Nullable.GetUnderlyingType(twin) ?? twin;
        if (ours == typeof(string) || ours == typeof(object))
        {
            var text = Pick(_texts);
            return (text, text);
        }

        if (ours.Namespace == "Ours" && !ours.IsArray)
        {
            return CreatePair(ours, twin, depth + 1);
        }

        return ours.IsArray || ours.IsGenericType ? CreateCollection(ours, twin, depth) : CreateLeaf(ours);
    }

    private (object Ours, object Twin) CreateLeaf(Type type)
    {
        object value = type switch
        {
            _ when type == typeof(int) => random.Next(-5, 8),
            _ when type == typeof(long) => random.Next(8) == 0 ? long.MaxValue : random.Next(-5, 8),
            _ when type == typeof(double) => random.Next(9) == 0 ? double.NaN : random.Next(-10, 16) / 2.0,
            _ when type == typeof(decimal) => random.Next(-10, 16) / 2.0m,
            _ when type == typeof(byte) => (byte)random.Next(8),
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(DateTime) => new DateTime(2019, 6, 1).AddDays(random.Next(900)),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(random.Next(90)),
            _ when type == typeof(DayOfWeek) => (DayOfWeek)random.Next(9),
            _ when type == typeof(Guid) => Guid.Empty,
            _ => throw new InvalidOperationException($"No value for {type}."),
        };
        return (value, value);
    }

    private (object Ours, object Twin) CreateCollection(Type ours, Type twin, int depth)
    {
        var isDictionary = ours.IsGenericType && ours.GetGenericArguments().Length == 2;
        var element = Element(ours);
        var twinElement = Element(twin);
        var count = random.Next(4);
        var pairs = new List<(object? Ours, object? Twin)>();
        while (pairs.Count < count)
        {
            // Nulls among elements have tests of their own: the framework has no opinion on them.
            var pair = CreateValue(element, twinElement, depth + 1);
            if (pair.Ours is not null)
            {
                pairs.Add(pair);
            }
        }

        if (isDictionary)
        {
            var key = ours.GetGenericArguments()[0];
            return (Dictionary(key, element, pairs.Select(p => p.Ours)), Dictionary(key, twinElement, pairs.Select(p => p.Twin)));
        }

        return (Sequence(ours, element, pairs.Select(p => p.Ours)), Sequence(twin, twinElement, pairs.Select(p => p.Twin)));
    }

    private static object Dictionary(Type key, Type element, IEnumerable<object?> values)
    {
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, element))!;
        foreach (var value in values)
        {
            dictionary.Add(key == typeof(int) ? dictionary.Count : $"k{dictionary.Count}", value);
        }

        return dictionary;
    }

    private static object Sequence(Type type, Type element, IEnumerable<object?> values)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var value in values)
        {
            list.Add(value);
        }

        if (type.IsArray)
        {
            var array = Array.CreateInstance(element, list.Count);
            list.CopyTo(array, 0);
            return array;
        }

        return type.GetGenericTypeDefinition() == typeof(HashSet<>) ? Activator.CreateInstance(type, list)! : list;
    }

    private static Type Element(Type collection) => collection.IsArray ? collection.GetElementType()! : collection.GetGenericArguments()[^1];

    private Type[] Derived(Type type)
    {
        if (!_derived.TryGetValue(type, out var types))
        {
            _derived.Add(type, types = type.IsValueType ? [type] : [.. type.Assembly.GetTypes().Where(t => type.IsAssignableFrom(t) && t.Namespace == type.Namespace)]);
        }

        return types;
    }

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];
}
