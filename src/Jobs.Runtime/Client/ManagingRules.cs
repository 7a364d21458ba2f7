namespace Jobs.Client;

/// <summary>What those who operate jobs may ask for; everything else is refused before anything is changed.</summary>
internal static class ManagingRules
{
    private static readonly int _noLimit = new JobFilter().Limit;

    /// <summary>A page of a change would be some of the jobs in an order that nobody sees; asked for, it is probably a mistake.</summary>
    public static void CheckBulk(JobFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var paging = filter.Offset != 0 ? nameof(filter.Offset) : filter.Cursor is not null ? nameof(filter.Cursor) : filter.Limit != _noLimit ? nameof(filter.Limit) : null;
        if (paging is not null)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"JobFilter.{paging} is for lists; a change takes all jobs that match. Leave it out, or list a page and change its jobs by their ids. Nothing was changed.");
        }
    }

    public static void Check(JobEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        if (edit.RunAt is { } runAt && runAt.Year >= 9999)
        {
            throw Refuse(nameof(edit.RunAt), $"{runAt:O} is too far away");
        }

        EnqueueRules.CheckTags(edit.Tags, Refuse);
    }

    public static void CheckQueue(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (JobIdentifierText.CheckQueueName(queue) is { } problem)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"'{queue}' is not a queue's name: {problem}");
        }
    }

    public static void CheckJobName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (JobIdentifierText.CheckJobName(name) is { } problem)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"'{name}' is not a job's name: {problem}");
        }
    }

    private static JobException Refuse(string member, string problem) =>
        new(JobErrorCodes.InvalidOption, $"JobEdit.{member} is refused: {problem}. Nothing was changed.");
}
