using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Generator.Constants;

/// <summary>A value that breaks a rule.</summary>
/// <param name="Syntax">Where the value is.</param>
/// <param name="Member">The property.</param>
/// <param name="Message">What the validator would say.</param>
/// <param name="Rule">For people: <c>[EmailAddress] on SendEmailInput.To</c>.</param>
internal sealed record InputFailure(SyntaxNode Syntax, string Member, string Message, string Rule)
{
    /// <summary>With the exclamation mark that silences the compiler about a null.</summary>
    public Location Location => (Syntax.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppression ? suppression : Syntax).GetLocation();
}
