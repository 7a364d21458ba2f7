using System.ComponentModel;
using Jobs.Storage;

namespace Jobs.Pushing;

/// <summary>What a handler tells while it runs elsewhere. Called from any thread, and never waits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAttemptObserver
{
    /// <summary>How far it is.</summary>
    /// <param name="report">The report.</param>
    void OnProgress(ProgressReport report);

    /// <summary>A line of its log that is to be kept with the job.</summary>
    /// <param name="line">The line.</param>
    void OnLog(JobLogLine line);

    /// <summary>It may take longer.</summary>
    /// <param name="by">By how much.</param>
    void OnExtended(TimeSpan by);
}
