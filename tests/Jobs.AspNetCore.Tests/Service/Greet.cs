using System.ComponentModel.DataAnnotations;

namespace Jobs.AspNetCore.Tests;

public sealed record GreetInput([Required, StringLength(20)] string Name, [Range(1, 5)] int Times = 1);

public sealed record GreetResult(string Text);

/// <summary>Greets somebody.</summary>
[Job("greet", Queue = "mail", Description = "Greets somebody.")]
public sealed partial class Greet : IJobHandler<GreetInput, GreetResult>
{
    public ValueTask<GreetResult> HandleAsync(GreetInput input, JobContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < input.Times; i++)
        {
            Greeting(context.Logger, input.Name);
        }

        return new(new GreetResult($"Hello {input.Name}"));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Hello {Name}")]
    private static partial void Greeting(ILogger logger, string name);
}
