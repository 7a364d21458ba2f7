using System.ComponentModel.DataAnnotations;

namespace Jobs.AspNetCore.Tests;

public sealed record ScriptedInput([Required, StringLength(20)] string Text);

/// <summary>A job of a queue that is pushed.</summary>
[Job("scripted", Queue = "pushed", MaxAttempts = 2, BackoffDelay = "1ms")]
public sealed class Scripted(Script script) : IJobHandler<ScriptedInput, string>
{
    public ValueTask<string> HandleAsync(ScriptedInput input, JobContext context, CancellationToken cancellationToken) => script.Run(context, cancellationToken);
}
