namespace Jobs.Http.Addresses;

/// <summary>Where requests of one kind may go.</summary>
/// <param name="Options">The options that say so, for messages.</param>
/// <param name="AllowHttp">Whether http is allowed.</param>
/// <param name="AllowPrivateAddresses">Whether addresses are allowed that are not of the public internet.</param>
/// <param name="AllowedHosts">Hosts that are allowed wherever their names lead.</param>
/// <param name="IsDevelopment">Whether the machine itself is allowed.</param>
internal sealed record AddressRules(string Options, bool AllowHttp, bool AllowPrivateAddresses, IList<string> AllowedHosts, bool IsDevelopment);
