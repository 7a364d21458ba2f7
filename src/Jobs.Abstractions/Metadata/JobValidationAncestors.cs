using System.Runtime.CompilerServices;

namespace Jobs.Metadata;

/// <summary>The objects between the input and the value that is being checked. On the stack, so that a valid input costs no allocation.</summary>
[InlineArray(JobValidationCollector.MaxDepth)]
internal struct JobValidationAncestors
{
    private object? _first;
}
