namespace Jobs.AspNetCore.Endpoints;

/// <summary>A query parameter that a route takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its JSON schema.</param>
/// <param name="Description">What it does.</param>
internal sealed record QueryParameter(string Name, string Schema, string Description);
