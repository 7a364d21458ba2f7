using System.ComponentModel;
using System.Text.Json;

namespace Jobs.Metadata;

/// <summary>What a job's client does for tests, apart from its interface so that test doubles need not.</summary>
/// <typeparam name="TInput">The input.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJobInputReader<out TInput>
{
    /// <summary>The input that a record has, by the metadata of the job.</summary>
    /// <param name="payload">The record's <see cref="JobSnapshot.Payload"/>.</param>
    TInput ReadInput(JsonElement payload);
}
