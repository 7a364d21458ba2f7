namespace Jobs.Http.Callbacks;

/// <summary>A callback would go where it may not.</summary>
internal sealed class CallbackRefusedException(string message) : Exception(message);
