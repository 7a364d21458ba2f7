using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Constants;

/// <summary>One place at which an object is made or copied, and what it gives to the object's properties.</summary>
/// <param name="type">The object's type.</param>
/// <param name="syntax">The whole expression.</param>
internal sealed class InputConstruction(INamedTypeSymbol type, SyntaxNode syntax)
{
    private readonly Dictionary<string, InputMember> _members = new(StringComparer.Ordinal);

    public INamedTypeSymbol Type => type;

    public SyntaxNode Syntax => syntax;

    /// <summary>By the property's name.</summary>
    public IReadOnlyDictionary<string, InputMember> Members => _members;

    /// <summary>Whether the object goes straight into a job client, so that nobody can change it before it is validated.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether an object is made, rather than one that exists completed.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Whether a struct is made that has nothing but zeros: no constructor of its own ran.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>Null for what is no object of ours.</summary>
    public static InputConstruction? Of(IOperation operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol type } creation:
                var made = new InputConstruction(type, creation.Syntax)
                {
                    IsNew = true,
                    IsFinal = EnqueueTarget.IsReached(creation),
                    IsDefault = type.IsValueType && creation.Constructor is { IsImplicitlyDeclared: true, Parameters.IsEmpty: true },
                };
                made.AddArguments(creation, cancellationToken);
                made.AddInitializer(creation.Initializer);
                made.RemoveReplaced(creation);
                return made;

            case IWithOperation { Type: INamedTypeSymbol type } copy:
                var copied = new InputConstruction(type, copy.Syntax) { IsFinal = EnqueueTarget.IsReached(copy) };
                copied.AddInitializer(copy.Initializer);
                copied.RemoveReplaced(copy);
                return copied;

            case IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Type: INamedTypeSymbol type }, Initializer: { } initializer } nested:
                var completed = new InputConstruction(type, nested.Syntax) { IsFinal = EnqueueTarget.IsReached(nested) };
                completed.AddInitializer(initializer);
                return completed;

            default:
                return null;
        }
    }

    private void AddArguments(IObjectCreationOperation creation, CancellationToken cancellationToken)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter is { } parameter && ConstructorParameters.FindProperty(parameter, cancellationToken) is { } property)
            {
                var isWritten = argument.ArgumentKind == ArgumentKind.Explicit;
                _members[property] = new InputMember(ConstantEvaluator.Evaluate(argument.Value), isWritten ? argument.Value.Syntax : Syntax, isWritten);
            }
        }
    }

    private void AddInitializer(IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var part in initializer?.Initializers ?? [])
        {
            if (part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { IsIndexer: false } property } } assignment)
            {
                _members[property.Name] = new InputMember(ConstantEvaluator.Evaluate(assignment.Value), assignment.Value.Syntax, true);
            }
            else if (part is IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property: var nested } })
            {
                _members[nested.Name] = new InputMember(null, part.Syntax, true);
            }
        }
    }

    /// <summary>What a surrounding <c>with</c> sets anew is never seen by anybody.</summary>
    private void RemoveReplaced(IOperation operation)
    {
        var current = operation;
        while (current.Parent is IConversionOperation or IParenthesizedOperation or IWithOperation)
        {
            if (current.Parent is IWithOperation copy)
            {
                foreach (var part in copy.Initializer?.Initializers ?? [])
                {
                    if (part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } })
                    {
                        // Unknown here; where it is set, it is looked at.
                        _members[property.Name] = new InputMember(null, part.Syntax, true);
                    }
                }
            }

            current = current.Parent;
        }
    }
}
