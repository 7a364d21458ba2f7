namespace Jobs.Generator.Diagnostics;

/// <summary>
/// Every rule of the product, one part of this class per range of numbers: the declaration of jobs (00xx), texts and numbers (01xx),
/// calls (02xx), types that travel (03xx), validation and constants against it (04xx), contracts over time (06xx), ahead-of-time compilation
/// (07xx). A number is never reused. The constant's name says what it means, and docs/diagnostics/JOBnnnn.md explains it.
/// </summary>
internal static partial class Rules
{
    private const string Category = "Jobs";
    private const string HelpLinkBase = "docs/diagnostics/";
    private const string HelpLinkExtension = ".md";
}
