using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Analyzers;

/// <summary>A type in an input or result, at the first place where it is met.</summary>
internal sealed class TravelNode(ITypeSymbol type, JsonTypeModel model)
{
    public ITypeSymbol Type => type;

    public JsonTypeModel Model => model;

    /// <summary>How it is reached, such as <c>SendEmailInput.Attachments[].Content</c>.</summary>
    public string Path { get; set; } = "";

    /// <summary>Where the last member on the path is declared; null when none is in the source.</summary>
    public Location? Location { get; set; }

    /// <summary>Whether values are read there, and not only written.</summary>
    public bool IsRead { get; set; }

    public bool IsReached { get; set; }
}
