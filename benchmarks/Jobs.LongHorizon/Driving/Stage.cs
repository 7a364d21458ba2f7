using Jobs.TestServers;

namespace Jobs.LongHorizon.Driving;

/// <summary>What a scenario is played on.</summary>
/// <param name="Server">The server.</param>
/// <param name="ConnectionString">To the scenario's own database.</param>
/// <param name="Runner">The process under measurement.</param>
/// <param name="Rate">Its usual rate.</param>
internal sealed record Stage(PostgreSqlServer Server, string ConnectionString, RunnerProcess Runner, int Rate)
{
    /// <summary>How the driver's own connections are told from the runner's.</summary>
    public const string ApplicationName = "long-horizon-driver";
}
