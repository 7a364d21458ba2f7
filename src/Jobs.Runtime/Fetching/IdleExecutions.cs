using Jobs.Execution;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Fetching;

/// <summary>Executions between two attempts. Each fetcher has its own, so that nothing is shared.</summary>
/// <param name="capacity">How many are kept at most, of all jobs together.</param>
internal sealed class IdleExecutions(int capacity)
{
    private readonly Dictionary<RegisteredJob, Stack<JobExecution>> _byJob = [];
    private int _count;

    /// <summary>An execution of a claimed job.</summary>
    public JobExecution Take(RegisteredJob job, in ClaimedJob claimed, JobWorker worker)
    {
        JobExecution? execution = null;
        if (_count > 0 && _byJob.TryGetValue(job, out var stack) && stack.TryPop(out execution))
        {
            _count--;
        }

        execution ??= worker.CreateExecution(job);
        execution.Begin(claimed);
        return execution;
    }

    /// <summary>Keeps an execution that nobody needs any more, if it can serve again.</summary>
    public void Return(JobExecution execution)
    {
        if (_count == capacity || !execution.TryRecycle())
        {
            return;
        }

        if (!_byJob.TryGetValue(execution.Job, out var stack))
        {
            _byJob.Add(execution.Job, stack = new Stack<JobExecution>());
        }

        stack.Push(execution);
        _count++;
    }
}
