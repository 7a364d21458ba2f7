namespace Jobs;

/// <summary>
/// Turns the form that a job's input had into the one that it has, so that what is queued survives the change. The compiler finds the
/// implementations; they need no registration. A payload that is not of the new form is read as the old one, upgraded and then
/// validated, as any input is; several upgraders in a row are followed as far as they lead.
/// </summary>
/// <typeparam name="TOld">The type as it was: a copy of the former class or record under another name.</typeparam>
/// <typeparam name="TNew">The type as it is.</typeparam>
/// <remarks>
/// A class that names the interface itself, is neither abstract nor generic, and internal or public. It is constructed for each use from
/// the attempt's services, as a handler is. What it throws fails the attempt, which is retried like any other.
/// </remarks>
public interface IJobInputUpgrader<in TOld, out TNew>
{
    /// <summary>Upgrades one input.</summary>
    /// <param name="input">The input as it was queued.</param>
    /// <returns>The input as the handler expects it; validated afterwards.</returns>
    TNew Upgrade(TOld input);
}
