namespace Jobs.Generator.Models;

/// <summary>Which disposal a handler wants.</summary>
internal enum HandlerDisposal
{
    None,
    Sync,
    Async,
}
