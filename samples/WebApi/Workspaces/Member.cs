using System.ComponentModel.DataAnnotations;

namespace WebApi.Workspaces;

/// <summary>Somebody who gets a key of his own.</summary>
public sealed record Member([Required, StringLength(60)] string Name, [Required, EmailAddress] string Email);
