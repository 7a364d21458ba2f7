namespace Jobs.AspNetCore.Endpoints;

/// <summary>The query parameters that several routes share.</summary>
internal static class QueryParameters
{
    private const string Text = """{"type":"string"}""";
    private const string Number = """{"type":"integer","format":"int32"}""";
    private const string LongNumber = """{"type":"integer","format":"int64"}""";
    private const string Flag = """{"type":"boolean"}""";
    private const string Time = """{"type":"string","format":"date-time"}""";

    public static IReadOnlyList<QueryParameter> Parts { get; } =
    [
        new("includePayload", Flag, "Whether the input comes along."),
        new("includeResult", Flag, "Whether the result comes along."),
    ];

    public static IReadOnlyList<QueryParameter> Looking { get; } = [.. Parts, new("reveal", Flag, "Whether redacted values are shown; for those who may see them.")];

    /// <summary>Conditions on jobs; every one that is there must hold.</summary>
    public static IReadOnlyList<QueryParameter> Conditions { get; } =
    [
        new("status", """{"$ref":"#/components/schemas/JobStatus"}""", "Only jobs in this state."),
        new("unfinished", Flag, "Only jobs that have not ended."),
        new("name", Text, "Only jobs of this name."),
        new("queue", Text, "Only jobs of this queue."),
        new("submitter", Text, "Only jobs of this submitter."),
        new("scheduleId", Text, "Only jobs that are ticks of this schedule."),
        new("tag", """{"type":"array","items":{"type":"string"}}""", "Tags to match; may be repeated."),
        new("tagMatch", """{"type":"string","enum":["All","Any","None","Exact"]}""", "How the tags match. Default: All."),
        new("createdFrom", Time, "Only jobs created at or after this time."),
        new("createdBefore", Time, "Only jobs created before this time."),
        new("priority", Number, "Only jobs of this priority."),
    ];

    public static IReadOnlyList<QueryParameter> Listing { get; } =
    [
        .. Conditions,
        .. Parts,
        new("limit", Number, "How many jobs a page has, 1 to 1,000. Default: 50."),
        new("offset", Number, "How many jobs to pass over. Prefer the cursor."),
        new("cursor", Text, "Where the page before ended: its nextCursor."),
    ];

    public static IReadOnlyList<QueryParameter> Changing { get; } = [.. Conditions, new("all", Flag, "Says that no condition is meant: all jobs.")];

    public static IReadOnlyList<QueryParameter> Cleaning { get; } = [.. Conditions, new("olderThan", Text, "How long ago the jobs ended at least, such as 7d; has to be there.")];

    public static IReadOnlyList<QueryParameter> Force { get; } = [new("force", Flag, "Whether jobs that run are removed too.")];

    public static IReadOnlyList<QueryParameter> Key { get; } = [new("key", Text, "Only the limit of this concurrency key.")];

    public static IReadOnlyList<QueryParameter> History { get; } =
    [
        new("after", LongNumber, "Events after this number only. Default: 0."),
        new("limit", Number, "How many events, 1 to 1,000. Default: 200."),
    ];

    public static IReadOnlyList<QueryParameter> Waiting { get; } = [new("timeout", Text, "How long to wait, such as 30s. It is cut to what the service allows."), .. Parts];

    public static IReadOnlyList<QueryParameter> Logs { get; } =
    [
        new("after", LongNumber, "Lines after this one only. Default: 0."),
        new("limit", Number, "How many lines, 1 to 1,000. Default: 200."),
        new("follow", Flag, "Follow the log by server-sent events until the job has ended; the same as Accept: text/event-stream."),
    ];

    public static IReadOnlyList<QueryParameter> Schedules { get; } =
    [
        new("jobName", Text, "Only schedules of this job."),
        new("afterId", Text, "Only schedules after this id."),
        new("limit", Number, "How many, 1 to 1,000. Default: 100."),
    ];

    public static IReadOnlyList<QueryParameter> Events { get; } =
    [
        new("id", """{"type":"string","format":"uuid"}""", "Only events of this job. With Last-Event-ID, stored ones that were missed come first."),
        new("name", Text, "Only events of jobs of this name."),
        new("queue", Text, "Only events of this queue and its jobs."),
        new("tag", Text, "Only events of jobs with this tag."),
        new("kind", """{"type":"array","items":{"type":"string"}}""", "Only events of these kinds; may be repeated."),
    ];

    public static IReadOnlyList<QueryParameter> Reason { get; } = [new("reason", Text, "Why, for people.")];

    public static IReadOnlyList<QueryParameter> Times { get; } = [new("count", Number, "How many, 1 to 1,000. Default: 5.")];
}
