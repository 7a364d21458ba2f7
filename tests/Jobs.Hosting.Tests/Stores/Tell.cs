namespace Jobs.Hosting.Tests.Stores;

[Job]
public sealed class Tell(Journal journal, [FromKeyedServices("billing")] IJobManager? billing = null) : IJobHandler<string, string>
{
    public async ValueTask<string> HandleAsync(string input, JobContext context, CancellationToken cancellationToken)
    {
        var isBilling = billing is not null && await billing.GetAsync(context.JobId, cancellationToken) is not null;
        journal.Add(input);
        return isBilling ? "billing" : "other";
    }
}
