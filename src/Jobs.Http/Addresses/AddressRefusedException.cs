namespace Jobs.Http.Addresses;

/// <summary>A request would go where it may not.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
