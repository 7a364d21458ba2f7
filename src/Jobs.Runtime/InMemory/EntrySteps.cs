using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>The steps and waits of a job, in the order in which they were stored.</summary>
internal sealed class EntrySteps
{
    private readonly List<EntryStep> _steps = [];

    /// <summary>The wait that the job came to last; it waits for it while it is scheduled for that wait's end.</summary>
    public EntryStep? Awaited { get; set; }

    public void Add(in StepWrite write, long now)
    {
        if (Find(write.Name) is null)
            _steps.Add(new EntryStep(write, now));
    }

    public EntryStep? Find(string? name) => _steps.Find(step => step.Name == name);

    public EntryStep? Find(Guid secret) => _steps.Find(step => step.Secret == secret);

    public List<StoredStep> Describe(long now) => _steps.ConvertAll(step => step.Describe(now));
}
