using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>Says where callbacks may go. The package that delivers them implements it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJobCallbackGuard
{
    /// <summary>Null when a callback may go there as far as its address tells; otherwise what is wrong with it.</summary>
    /// <param name="address">An absolute address of http or https.</param>
    string? Check(Uri address);
}
