using System.ComponentModel.DataAnnotations;

namespace Jobs.StartupProgram;

public sealed record GreetInput([Required, StringLength(50)] string Name);
