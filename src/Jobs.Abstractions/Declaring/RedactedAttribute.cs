namespace Jobs;

/// <summary>
/// On a member of a job's input or result, or of anything within them: its value is for the handler and for the callers of the typed
/// client, and for nobody else. Wherever people or other systems look (snapshots, lists, schedules, dead letters, the HTTP API, callbacks)
/// it is the text <c>[redacted]</c> in its place, whatever it was.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="IJobManager.RevealAsync"/> shows one job as it is stored. In the storage itself nothing is hidden, nor encrypted: who may
/// read its tables sees everything, as do handlers, dispatched ones elsewhere included.
/// </para>
/// <para>
/// In an object with such a member, members that this version of the type does not know are redacted too: an older version may have
/// called them so. Of a job whose name the application does not know, input and result are redacted as a whole.
/// </para>
/// <para>On a parameter of a record it is written <c>[property: Redacted]</c>. What a handler writes to its log, reports, or throws is its own affair.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RedactedAttribute : Attribute;
