using Jobs.Registry;
using Jobs.Telemetry;

namespace Jobs.Client.Remote;

/// <summary>What the typed clients of a store in another process share.</summary>
internal sealed record RemoteLink(RemoteJobs Jobs, JobRegistry Registry, JobsTelemetry Telemetry);
