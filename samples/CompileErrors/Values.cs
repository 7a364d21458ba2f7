using Jobs;

namespace CompileErrors;

[Job(Timeout = "5 minutes")] public sealed class Timeout : Handler;
[Job(Timeout = "0s")] public sealed class NoTime : Handler;
[Job(BackoffDelay = "1m30h")] public sealed class UnitsAscend : Handler;
[Job(BackoffDelay = "10m", MaxBackoffDelay = "1m")] public sealed class BackoffIsCut : Handler;
[Job(RetainFailed = "400000d")] public sealed class LongerThanHistory : Handler;
[Job(RetainFailed = "0s", RetainFailedCount = 100)] public sealed class KeepsAHundredOfNone : Handler;
[Job(Queue = "out going")] public sealed class QueueWithABlank : Handler;
[Job(MaxAttempts = 0)] public sealed class NeverRuns : Handler;
[Job(Jitter = 20)] public sealed class JitterIsNoPercentage : Handler;
[Job(MaxConcurrency = -1)] public sealed class NegativeConcurrency : Handler;
[Job(Cron = "0 25 * * *")] public sealed class HourOf25 : Handler;
[Job(Cron = "0 0 30 2 *")] public sealed class ThirtiethOfFebruary : Handler;
[Job(Cron = "@daily", TimeZone = "Zurich")] public sealed class NoSuchZone : Handler;
[Job, JobSchedule("every night", "@daily")] public sealed class ScheduleWithABlank : Handler;
