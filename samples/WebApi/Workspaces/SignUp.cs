using System.ComponentModel.DataAnnotations;

namespace WebApi.Workspaces;

/// <summary>What somebody asks for in the form.</summary>
public sealed record SignUp(
    [Required, StringLength(60)] string Name,
    [Required, EmailAddress] string Email,
    [Required, RegularExpression("[a-z][a-z0-9-]{2,29}", ErrorMessage = "Use 3 to 30 small letters, digits and dashes, beginning with a letter.")] string Workspace,
    [MinLength(1, ErrorMessage = "Name at least one member."), MaxLength(8)] IReadOnlyList<Member> Members);
