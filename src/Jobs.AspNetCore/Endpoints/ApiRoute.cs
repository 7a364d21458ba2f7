namespace Jobs.AspNetCore.Endpoints;

/// <summary>One operation of the API: how it is called, how it is described, what runs it.</summary>
internal sealed record ApiRoute(string Method, string Pattern, string Id, string Tag, string Summary, Func<ApiRequest, Task> Handle)
{
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>The schema of the request's body; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool BodyIsOptional { get; init; }

    /// <summary>What it answers when all is well: statuses with the schemas of their bodies.</summary>
    public IReadOnlyList<(int Status, string? Schema, string Description)> Answers { get; init; } = [];

    /// <summary>Whether it changes one job, on condition that it is as the caller saw it if he says so.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Whether it can answer with server-sent events.</summary>
    public bool Streams { get; init; }

    /// <summary>Names of the parameters in the path, in their order.</summary>
    public IEnumerable<string> PathParameters => Pattern.Split('/').Where(static part => part.StartsWith('{')).Select(static part => part.Trim('{', '}'));
}
