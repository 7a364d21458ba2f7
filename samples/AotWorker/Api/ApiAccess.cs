namespace AotWorker.Api;

/// <summary>What a key can allow. Each is an authorization policy of that name.</summary>
internal static class ApiAccess
{
    public const string Read = nameof(Read);
    public const string Submit = nameof(Submit);
    public const string Operate = nameof(Operate);

    public static IReadOnlyList<string> All { get; } = [Read, Submit, Operate];
}
