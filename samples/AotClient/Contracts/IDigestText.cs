using AotWorker.Documents;
using Jobs;

namespace AotClient.Contracts;

/// <summary>Its handler is in the service.</summary>
[Job("digest-text")]
public interface IDigestText : IJobContract<DigestTextInput, TextDigest>;
