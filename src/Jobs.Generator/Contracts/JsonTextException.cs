namespace Jobs.Generator.Contracts;

/// <summary>A text that is not JSON, or not what was asked for.</summary>
internal sealed class JsonTextException(string message) : Exception(message);
