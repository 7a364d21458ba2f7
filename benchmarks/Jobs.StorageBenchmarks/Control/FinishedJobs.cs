namespace Jobs.StorageBenchmarks.Control;

/// <summary>Many finished jobs, written by the statements below, and what is asked of them: a thousand a minute, the first twenty with values of their own.</summary>
internal static class FinishedJobs
{
    public static readonly byte[] Payload = "{\"to\":\"user@example.com\",\"subject\":\"Hello\",\"body\":\"A text that is about as long as the ones that are sent in the other benchmarks, so a bit more than a hundred bytes.\"}"u8.ToArray();

    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string What, JobFilter Filter)> Filters =>
    [
        ("status, most", new() { Status = JobStatus.Completed }),
        ("status, few", new() { Status = JobStatus.Failed }),
        ("status, none", new() { Status = JobStatus.Running }),
        ("name, most", new() { Name = "work" }),
        ("name, 20 of the oldest", new() { Name = "rare" }),
        ("name and status, few", new() { Name = "rare", Status = JobStatus.Failed }),
        ("queue, 20 of the oldest", new() { Queue = "rare" }),
        ("priority, 20 of the oldest", new() { Priority = 7 }),
        ("submitter, 50 all over", new() { Submitter = "me" }),
        ("schedule, 50 all over", new() { ScheduleId = "nightly" }),
        ("tags, all of 1", new() { Tags = ["red"] }),
        ("tags, any of 2", new() { Tags = ["red", "blue"], TagMatch = TagMatch.Any }),
        ("tags, exactly 1", new() { Tags = ["red"], TagMatch = TagMatch.Exact }),
        ("tags, none of 1", new() { Tags = ["red"], TagMatch = TagMatch.None }),
        ("creation, a minute of the oldest", new() { CreatedFrom = Start.AddMinutes(10), CreatedBefore = Start.AddMinutes(11) }),
        ("creation, before half of them", new() { CreatedBefore = Start.AddMinutes(500) }),
    ];

    public static string PostgreSql(int jobs) =>
        $"""
        INSERT INTO jobs.job (pack, slot, name, queue, priority, created_at, payload, submitter, schedule_id, tags)
        SELECT 1000 + n / 1000, n % 1000, CASE WHEN n < 20 THEN 'rare' ELSE 'work' END, CASE WHEN n < 20 THEN 'rare' ELSE 'default' END, CASE WHEN n < 20 THEN 7 ELSE 0 END,
            timestamptz '{Start:O}' + (n / 1000) * interval '1 minute', '{System.Text.Encoding.UTF8.GetString(Payload)}',
            CASE WHEN n % {jobs / 50} = 0 THEN 'me' END, CASE WHEN n % {jobs / 50} = 2 THEN 'nightly' END, CASE WHEN n % {jobs / 50} = 1 THEN ARRAY['red'] END
        FROM generate_series(0, {jobs - 1}) n;
        INSERT INTO jobs.receipt (pack, lo, hi, origin, attempt, token, nonce, worker, started_at, ended_at, expires_at, name, queue, rank)
        SELECT j.pack, j.slot, j.slot + 9, j.slot, 1, j.pack, 1, 'w', j.created_at, j.created_at, j.created_at + interval '1 day', j.name, j.queue, ~j.priority
        FROM jobs.job j WHERE j.slot % 10 = 0 AND j.slot >= 10;
        INSERT INTO jobs.ended (pack, slot, status, attempt, reason, ended_at, expires_at)
        SELECT j.pack, j.slot, 4, 1, 1, j.created_at, j.created_at + interval '1 day' FROM jobs.job j WHERE j.slot < 10;
        """;

    public static string Sqlite(int jobs) =>
        $"""
        INSERT INTO jobs_lane (lane, queue, name) VALUES (1, 'default', 'work'), (2, 'rare', 'rare');
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {jobs})
        INSERT INTO jobs_job (job, tail, lane, priority, created_at, policy, submitter, schedule_id, tags, payload)
        SELECT n, n, CASE WHEN n <= 20 THEN 2 ELSE 1 END, CASE WHEN n <= 20 THEN 7 ELSE 0 END, {(Start - DateTimeOffset.UnixEpoch).Ticks} + n * 600000, '',
            CASE WHEN n % {jobs / 50} = 0 THEN 'me' END, CASE WHEN n % {jobs / 50} = 2 THEN 'nightly' END, CASE WHEN n % {jobs / 50} = 1 THEN '["red"]' END,
            CAST('{System.Text.Encoding.UTF8.GetString(Payload)}' AS BLOB)
        FROM n;
        INSERT INTO jobs_ended (job, status, ended_at, remove_at, runs) SELECT job, CASE WHEN job % 1000 <= 10 THEN 4 ELSE 3 END, created_at, created_at, 1 FROM jobs_job;
        UPDATE jobs_meta SET value = {jobs} WHERE key = 'last_job';
        INSERT OR IGNORE INTO jobs_mark (kind, value, block)
        SELECT 1, lane, job >> 10 FROM jobs_job
        UNION SELECT 2, priority, job >> 10 FROM jobs_job
        UNION SELECT 3, t.value, j.job >> 10 FROM jobs_job j, json_each(j.tags) t
        UNION SELECT 4, submitter, job >> 10 FROM jobs_job WHERE submitter IS NOT NULL
        UNION SELECT 5, created_at / 36000000000, job >> 10 FROM jobs_job;
        """;
}
