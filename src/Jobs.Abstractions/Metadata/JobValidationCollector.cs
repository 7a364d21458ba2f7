using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Jobs.Metadata;

/// <summary>
/// What an emitted validator writes to while it walks an input. It allocates nothing until something is wrong: paths are not kept
/// on the way down but put in front of the errors on the way back up (<see cref="Prefix(int, string)"/>).
/// </summary>
/// <param name="services">For validation attributes that ask for services.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JobValidationCollector(IServiceProvider? services)
{
    /// <summary>How many objects and collections may be nested; the limit of JSON readers and writers as well.</summary>
    public const int MaxDepth = 64;

    private static readonly RequiredAttribute s_required = new();

    private readonly IServiceProvider? _services = services;
    private List<JobValidationError>? _errors;
    private JobValidationAncestors _ancestors;
    private int _depth;

    /// <summary>How many errors there are.</summary>
    public readonly int Count => _errors?.Count ?? 0;

    /// <summary>Adds an error.</summary>
    /// <param name="member">The path, relative to the object that is being checked.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="rule">The rule.</param>
    public void Add(string member, string message, string rule) => (_errors ??= []).Add(new(member, message, rule));

    /// <summary>Adds what an attribute returned. Results that name no member are put on the member that has the attribute.</summary>
    /// <param name="member">The member that has the attribute; empty for an attribute of the type.</param>
    /// <param name="result">What it returned; null is success.</param>
    /// <param name="attribute">Words the message when the result has none.</param>
    /// <param name="displayName">The member's name in messages.</param>
    /// <param name="rule">The rule.</param>
    public void Add(string member, ValidationResult? result, ValidationAttribute attribute, string displayName, string rule)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        if (result is null)
        {
            return;
        }

        var message = string.IsNullOrEmpty(result.ErrorMessage) ? attribute.FormatErrorMessage(displayName) : result.ErrorMessage;
        AddPerMember(member, result, message, rule);
    }

    /// <summary>Adds what <see cref="IValidatableObject.Validate"/> returned.</summary>
    /// <param name="results">The results; null and null elements are success.</param>
    public void Add(IEnumerable<ValidationResult?>? results)
    {
        foreach (var result in results ?? [])
        {
            if (result is not null)
            {
                AddPerMember("", result, result.ErrorMessage ?? "", "Validate");
            }
        }
    }

    /// <summary>Adds that a value is missing.</summary>
    /// <param name="member">The path, relative to the object that is being checked.</param>
    /// <param name="displayName">The name in the message.</param>
    public void AddMissing(string member, string displayName) => Add(member, s_required.FormatErrorMessage(displayName), "Required");

    /// <summary>Adds an error for each null in a collection that promises to have none.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="member">The collection's path, relative to the object that is being checked.</param>
    /// <param name="displayName">The collection's name in messages.</param>
    /// <param name="elements">The collection.</param>
    public void AddMissingElements<T>(string member, string displayName, IEnumerable<T>? elements)
    {
        switch (elements)
        {
            case null:
                return;
            case T[] array:
                AddMissingElements(member, displayName, array.AsSpan());
                return;
            case List<T> list:
                AddMissingElements(member, displayName, CollectionsMarshal.AsSpan(list));
                return;
            case ImmutableArray<T> array:
                AddMissingElements(member, displayName, array.AsSpan());
                return;
            case IReadOnlyList<T> list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is null)
                    {
                        AddMissingElement(member, displayName, i);
                    }
                }

                return;
        }

        var index = 0;
        foreach (var element in elements)
        {
            if (element is null)
            {
                AddMissingElement(member, displayName, index);
            }

            index++;
        }
    }

    /// <summary>Adds an error for each null value in a dictionary that promises to have none.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TValue">The value.</typeparam>
    /// <param name="member">The dictionary's path, relative to the object that is being checked.</param>
    /// <param name="displayName">The dictionary's name in messages.</param>
    /// <param name="entries">The dictionary.</param>
    public void AddMissingValues<TKey, TValue>(string member, string displayName, IEnumerable<KeyValuePair<TKey, TValue>>? entries)
        where TKey : notnull
    {
        // Its own enumerator is a struct; the interface's would be allocated.
        if (entries is Dictionary<TKey, TValue> dictionary)
        {
            foreach (var (key, value) in dictionary)
            {
                if (value is null)
                {
                    AddMissingValue(member, displayName, key);
                }
            }

            return;
        }

        foreach (var (key, value) in entries ?? [])
        {
            if (value is null)
            {
                AddMissingValue(member, displayName, key);
            }
        }
    }

    /// <summary>Starts checking an object or a collection that cannot contain itself. False when it is too deep, which is then an error.</summary>
    public bool TryEnter()
    {
        if (_depth == MaxDepth)
        {
            Add("", string.Create(CultureInfo.InvariantCulture, $"The value is nested more than {MaxDepth} levels deep."), "Depth");
            return false;
        }

        _depth++;
        return true;
    }

    /// <summary>Starts checking an object that may contain itself. False when it does, which is no error, and when it is too deep, which is one.</summary>
    /// <param name="instance">The object.</param>
    public bool TryEnter(object instance)
    {
        for (var i = 0; i < _depth; i++)
        {
            if (ReferenceEquals(_ancestors[i], instance))
            {
                return false;
            }
        }

        if (!TryEnter())
        {
            return false;
        }

        _ancestors[_depth - 1] = instance;
        return true;
    }

    /// <summary>Ends what a successful <see cref="TryEnter()"/> started.</summary>
    public void Leave() => _ancestors[--_depth] = null;

    /// <summary>The context of an attribute that asks for one, made so that nothing is looked up by reflection.</summary>
    /// <param name="instance">The object that is being checked.</param>
    /// <param name="displayName">The name in messages.</param>
    /// <param name="member">The property; null for the object itself.</param>
#if NET10_0_OR_GREATER
    public readonly ValidationContext CreateContext(object instance, string displayName, string? member) =>
        new(instance, displayName, _services, items: null) { MemberName = member };
#else
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026:RequiresUnreferencedCode", Justification = "Only a context without a display name looks one up by reflection.")]
    public readonly ValidationContext CreateContext(object instance, string displayName, string? member) =>
        new(instance, _services, items: null) { MemberName = member, DisplayName = displayName };
#endif

    /// <summary>Puts a member's name in front of the errors from <paramref name="start"/> on.</summary>
    /// <param name="start">The number of errors before the member was checked.</param>
    /// <param name="member">The member.</param>
    public readonly void Prefix(int start, string member)
    {
        for (var i = start; i < Count; i++)
        {
            var error = _errors![i];
            _errors[i] = error with { Member = Join(member, error.Member) };
        }
    }

    /// <summary>Puts an element's index in front of the errors from <paramref name="start"/> on.</summary>
    /// <param name="start">The number of errors before the element was checked.</param>
    /// <param name="index">The element.</param>
    public readonly void Prefix(int start, int index)
    {
        if (Count > start)
        {
            Prefix(start, IndexText(index));
        }
    }

    /// <summary>Puts a dictionary's key in front of the errors from <paramref name="start"/> on.</summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <param name="start">The number of errors before the value was checked.</param>
    /// <param name="key">The key.</param>
    public readonly void PrefixKey<TKey>(int start, TKey key)
    {
        if (Count > start)
        {
            Prefix(start, KeyText(key));
        }
    }

    /// <summary>The errors, in the order in which they were added; a shared empty list when there are none.</summary>
    public readonly IReadOnlyList<JobValidationError> ToList() => _errors ?? (IReadOnlyList<JobValidationError>)[];

    private void AddMissingElements<T>(string member, string displayName, ReadOnlySpan<T> elements)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i] is null)
            {
                AddMissingElement(member, displayName, i);
            }
        }
    }

    private void AddMissingElement(string member, string displayName, int index)
    {
        var text = IndexText(index);
        AddMissing(member + text, displayName + text);
    }

    private void AddMissingValue<TKey>(string member, string displayName, TKey key)
    {
        var text = KeyText(key);
        AddMissing(member + text, displayName + text);
    }

    private void AddPerMember(string member, ValidationResult result, string message, string rule)
    {
        var any = false;
        foreach (var name in result.MemberNames)
        {
            Add(name ?? "", message, rule);
            any = true;
        }

        if (!any)
        {
            Add(member, message, rule);
        }
    }

    private static string Join(string prefix, string member) =>
        member.Length == 0 || member[0] == '[' ? prefix + member : $"{prefix}.{member}";

    private static string IndexText(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    private static string KeyText<TKey>(TKey key) => $"[{Convert.ToString(key, CultureInfo.InvariantCulture)}]";
}
