namespace Jobs.StartupProgram;

[Job]
public sealed class Greet : IJobHandler<GreetInput, Greeting>
{
    public ValueTask<Greeting> HandleAsync(GreetInput input, JobContext context, CancellationToken cancellationToken) => new(new Greeting($"Hello, {input.Name}"));
}
