using System.ComponentModel.DataAnnotations;

namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>All of it is optional, so that any object could pass for one.</summary>
public sealed record TransferInput(string? Iban = null, [Range(1, 1000)] decimal Amount = 1, string Currency = "EUR");
