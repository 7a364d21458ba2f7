namespace Jobs.Generator;

/// <summary>The names of the pipeline's steps, for the tests of its caching.</summary>
internal static class TrackingNames
{
    public const string Jobs = nameof(Jobs);
    public const string ClientAttribute = nameof(ClientAttribute);
    public const string Assembly = nameof(Assembly);
    public const string Reference = nameof(Reference);
    public const string References = nameof(References);
    public const string Clashes = nameof(Clashes);
    public const string OwnJobs = nameof(OwnJobs);
    public const string Client = nameof(Client);
    public const string Types = nameof(Types);
    public const string JsonIndex = nameof(JsonIndex);
    public const string Upgraders = nameof(Upgraders);
    public const string Contracts = nameof(Contracts);

    public static IReadOnlyList<string> All { get; } = [Jobs, ClientAttribute, Assembly, Reference, References, Clashes, OwnJobs, Client, Types, JsonIndex, Upgraders, Contracts];
}
