using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Surfaces;

/// <summary>What a compilation is made with, besides its files: its name, its options and its references. Holds on to none of them.</summary>
internal sealed class CompilationSettings : IEquatable<CompilationSettings>
{
    private static readonly ConditionalWeakTable<MetadataReference, object> s_tokens = new();

    private readonly string? _name;
    private readonly CompilationOptions _options;
    private readonly ImmutableArray<object> _references;

    /// <summary>The last one that was found to be equal: after an edit all jobs ask for the same two.</summary>
    private CompilationSettings? _equal;

    public CompilationSettings(Compilation compilation, CancellationToken cancellationToken)
    {
        _name = compilation.AssemblyName;

        // Without what leads to files and trees; how severe a diagnostic is changes no declaration.
        _options = compilation.Options
            .WithSyntaxTreeOptionsProvider(null)
            .WithXmlReferenceResolver(null)
            .WithSourceReferenceResolver(null)
            .WithMetadataReferenceResolver(null);
        _references = [.. compilation.References.Select(reference => Describe(reference, cancellationToken))];
    }

    public bool Equals(CompilationSettings? other)
    {
        if (other is null || ReferenceEquals(this, other) || ReferenceEquals(_equal, other))
        {
            return other is not null;
        }

        if (_name != other._name || !_options.Equals(other._options) || !_references.SequenceEqual(other._references))
        {
            return false;
        }

        _equal = other;
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as CompilationSettings);

    public override int GetHashCode() => (_name?.GetHashCode() ?? 0) ^ _references.Length;

    /// <summary>A reference in place is the same as long as it is the same object, which stands for one image; a project is what it declares.</summary>
    private static object Describe(MetadataReference reference, CancellationToken cancellationToken) =>
        reference is CompilationReference { Compilation: { Language: LanguageNames.CSharp } referenced }
            ? (reference.Properties, CompilationSurface.Of(referenced, cancellationToken).Whole)
            : s_tokens.GetValue(reference, static _ => new object());
}
