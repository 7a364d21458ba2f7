using static Microsoft.AspNetCore.Http.HttpMethods;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>The whole API as a table: what is mapped is what is described.</summary>
internal static class ApiRoutes
{
    private static readonly (int Status, string? Schema, string Description) _done = (204, null, "Done.");
    private static readonly (int Status, string? Schema, string Description) _count = (200, "Count", "How many were changed.");

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(Post, "/submit/{name}", "submitJob", "Submit", "Enqueue a job by its name.", SubmitEndpoints.SubmitAsync)
        {
            Body = "Submit",
            BodyIsOptional = true,
            Answers = [(201, "AcceptedJob", "The job was enqueued."), (200, "AcceptedJob", "It met a job that already existed, by its id or its idempotency key.")],
        },
        new(Post, "/submit/{name}/many", "submitJobs", "Submit", "Enqueue many jobs of one name, all or none.", SubmitEndpoints.SubmitManyAsync)
        {
            Body = "SubmitMany",
            Answers = [(201, "AcceptedJobs", "The jobs were enqueued."), (200, "AcceptedJobs", "All of them met jobs that already existed.")],
        },
        new(Get, "/", "listJobs", "Jobs", "A page of jobs, newest first.", FilterEndpoints.ListAsync) { Query = QueryParameters.Listing, Answers = [(200, "JobPage", "The page.")] },
        new(Delete, "/", "deleteJobs", "Operate", "Remove every job that matches and does not run.", FilterEndpoints.DeleteAsync) { Query = QueryParameters.Changing, Answers = [_count] },
        new(Patch, "/", "editJobs", "Operate", "Change every pending job that matches.", FilterEndpoints.EditAsync) { Query = QueryParameters.Changing, Body = "JobEdit", Answers = [_count] },
        new(Get, "/count", "countJobs", "Jobs", "How many jobs match.", FilterEndpoints.CountAsync) { Query = QueryParameters.Conditions, Answers = [(200, "Count", "The count.")] },
        new(Post, "/cancel", "cancelJobs", "Operate", "Cancel every job that matches.", FilterEndpoints.CancelAsync) { Query = QueryParameters.Changing, Answers = [_count] },
        new(Post, "/retry", "retryJobs", "Operate", "Retry every job that matches and failed or was cancelled.", FilterEndpoints.RetryAsync) { Query = QueryParameters.Changing, Answers = [_count] },
        new(Post, "/promote", "promoteJobs", "Operate", "Make every delayed job that matches due now.", FilterEndpoints.PromoteAsync) { Query = QueryParameters.Changing, Answers = [_count] },
        new(Post, "/redrive", "redriveJobs", "Operate", "Redrive every dead letter that matches.", DeadLetterEndpoints.RedriveManyAsync) { Query = QueryParameters.Changing, Answers = [(200, "Count", "How many letters were redriven.")] },
        new(Post, "/clean", "cleanJobs", "Operate", "Remove the record of every job that matches and ended so long ago.", FilterEndpoints.CleanAsync) { Query = QueryParameters.Cleaning, Answers = [_count] },
        new(Post, "/maintenance", "maintain", "Operate", "Do once what workers do now and then: give back the jobs of dead workers, remove old records.", ServiceEndpoints.MaintainAsync) { Answers = [(200, "Maintenance", "What was done.")] },
        new(Get, "/registry", "listDefinitions", "Registry", "The jobs that this service knows, with the schemas of their inputs.", ServiceEndpoints.RegistryAsync) { Answers = [(200, "JobDefinitionList", "The jobs.")] },
        new(Get, "/registry/{name}", "getDefinition", "Registry", "One job that this service knows.", ServiceEndpoints.DefinitionAsync) { Answers = [(200, "JobDefinition", "The job.")] },
        new(Get, "/workers", "listWorkers", "Operate", "The workers that are alive.", ServiceEndpoints.WorkersAsync) { Answers = [(200, "WorkerList", "The workers.")] },
        new(Get, "/statistics", "getStatistics", "Queues", "How many jobs are in which state, and how many ended on which day.", ServiceEndpoints.StatisticsAsync) { Answers = [(200, "Statistics", "The figures.")] },
        new(Get, "/queues", "listQueues", "Queues", "The queues, by name.", QueueEndpoints.ListAsync) { Answers = [(200, "QueueList", "The queues.")] },
        new(Post, "/queues/{queue}/pause", "pauseQueue", "Queues", "Pause a queue: none of its jobs is started any more.", QueueEndpoints.PauseAsync) { Answers = [_done] },
        new(Post, "/queues/{queue}/resume", "resumeQueue", "Queues", "Resume a paused queue.", QueueEndpoints.ResumeAsync) { Answers = [_done] },
        new(Post, "/queues/{queue}/drain", "drainQueue", "Queues", "Remove every pending job of a queue.", QueueEndpoints.DrainAsync) { Answers = [_count] },
        new(Delete, "/queues/{queue}", "obliterateQueue", "Queues", "Remove every record of a queue.", QueueEndpoints.ObliterateAsync) { Query = QueryParameters.Force, Answers = [_count] },
        new(Post, "/queues/{queue}/reset-rate-limit", "resetQueueRateLimit", "Queues", "Reset the rate limits of a queue.", RateLimitEndpoints.ResetQueueAsync) { Query = QueryParameters.Key, Answers = [(200, "Count", "How many limits had been used.")] },
        new(Post, "/registry/{name}/reset-rate-limit", "resetJobRateLimit", "Queues", "Reset the rate limits of a job.", RateLimitEndpoints.ResetJobAsync) { Query = QueryParameters.Key, Answers = [(200, "Count", "How many limits had been used.")] },
        new(Get, "/pauses", "listPauses", "Queues", "Everything that is paused, the oldest first.", PauseEndpoints.ListAsync) { Answers = [(200, "PauseList", "What is paused.")] },
        new(Put, "/pauses", "pauseAll", "Queues", "Pause everything: no worker starts any job.", PauseEndpoints.PauseAllAsync) { Answers = [_done] },
        new(Delete, "/pauses", "resumeAll", "Queues", "Lift the pause of everything, not those of queues, jobs, keys and workers.", PauseEndpoints.ResumeAllAsync) { Answers = [_done] },
        new(Put, "/pauses/{scope}/{key}", "pause", "Queues", "Pause a queue, a job, a worker or the jobs with a concurrency key.", PauseEndpoints.PauseAsync) { Answers = [_done] },
        new(Delete, "/pauses/{scope}/{key}", "resume", "Queues", "Lift a pause.", PauseEndpoints.ResumeAsync) { Answers = [_done] },
        new(Get, "/events", "followEvents", "Jobs", "What happens to jobs, as server-sent events.", EventEndpoints.FollowAsync) { Query = QueryParameters.Events, Streams = true, Answers = [(200, null, "The events.")] },
        new(Get, "/openapi.json", "getOpenApi", "Registry", "This document.", ServiceEndpoints.OpenApiAsync) { Answers = [(200, "Any", "The document.")] },
        new(Get, "/schedules", "listSchedules", "Schedules", "A page of schedules, by id.", ScheduleEndpoints.ListAsync) { Query = QueryParameters.Schedules, Answers = [(200, "ScheduleList", "The page.")] },
        new(Get, "/schedules/{scheduleId}", "getSchedule", "Schedules", "A schedule.", ScheduleEndpoints.GetAsync) { Answers = [(200, "Schedule", "The schedule.")] },
        new(Put, "/schedules/{scheduleId}", "putSchedule", "Schedules", "Create a schedule, or change it.", ScheduleEndpoints.PutAsync) { Body = "ScheduleWrite", Answers = [(200, "Schedule", "It was changed."), (201, "Schedule", "It was created.")] },
        new(Patch, "/schedules/{scheduleId}", "editSchedule", "Schedules", "Change parts of a schedule.", ScheduleEndpoints.EditAsync) { Body = "ScheduleEdit", Answers = [_done] },
        new(Delete, "/schedules/{scheduleId}", "deleteSchedule", "Schedules", "Remove a schedule; its jobs stay.", ScheduleEndpoints.RemoveAsync) { Answers = [_done] },
        new(Get, "/schedules/{scheduleId}/times", "previewSchedule", "Schedules", "The next times of a schedule.", ScheduleEndpoints.TimesAsync) { Query = QueryParameters.Times, Answers = [(200, "ScheduleTimes", "The times.")] },
        new(Post, "/schedules/{scheduleId}/pause", "pauseSchedule", "Schedules", "Pause a schedule.", ScheduleEndpoints.PauseAsync) { Query = QueryParameters.Reason, Answers = [_done] },
        new(Post, "/schedules/{scheduleId}/resume", "resumeSchedule", "Schedules", "Resume a paused schedule.", ScheduleEndpoints.ResumeAsync) { Answers = [_done] },
        new(Post, "/schedules/{scheduleId}/trigger", "triggerSchedule", "Schedules", "Run a schedule now.", ScheduleEndpoints.TriggerAsync) { Answers = [(201, "AcceptedJob", "Its job.")] },
        new(Post, "/waits/{token}", "answerWait", "Operate", "Answer a wait of a job, by its token.", StepEndpoints.AnswerAsync) { Body = "WaitAnswer", Answers = [_done] },
        new(Get, "/{id}", "getJob", "Jobs", "A job's state.", JobEndpoints.GetAsync) { Query = QueryParameters.Looking, Answers = [(200, "Job", "The job, with an ETag."), (304, null, "It is as the client has it.")] },
        new(Patch, "/{id}", "editJob", "Operate", "Change a pending job.", JobEndpoints.EditAsync) { Body = "JobEdit", IsConditional = true, Answers = [_done] },
        new(Delete, "/{id}", "deleteJob", "Operate", "Remove a job's record; one that waits never runs.", JobEndpoints.DeleteAsync) { IsConditional = true, Answers = [_done] },
        new(Get, "/{id}/wait", "waitForJob", "Jobs", "Wait until a job has ended, for a bounded time.", JobEndpoints.WaitAsync) { Query = QueryParameters.Waiting, Answers = [(200, "Job", "The job has ended."), (202, "Job", "It goes on; ask again.")] },
        new(Get, "/{id}/logs", "readJobLogs", "Jobs", "A page of a job's log, or all of it as server-sent events.", FollowEndpoints.LogsAsync) { Query = QueryParameters.Logs, Streams = true, Answers = [(200, "LogPage", "The lines.")] },
        new(Get, "/{id}/steps", "listJobSteps", "Jobs", "A job's steps and waits, in the order in which they were stored.", StepEndpoints.ListAsync) { Answers = [(200, "StepList", "The steps.")] },
        new(Get, "/{id}/events", "followJob", "Jobs", "A job's state whenever it changes, as server-sent events, until it has ended.", FollowEndpoints.StateAsync) { Query = QueryParameters.Parts, Streams = true, Answers = [(200, null, "The events.")] },
        new(Get, "/{id}/history", "readJobEvents", "Jobs", "The stored events of a job, also when its record is gone. Empty where events are not stored.", EventEndpoints.HistoryAsync) { Query = QueryParameters.History, Answers = [(200, "EventPage", "The events.")] },
        new(Post, "/{id}/redrive", "redriveJob", "Operate", "Run the job that a dead letter is about once more.", DeadLetterEndpoints.RedriveAsync) { Answers = [(201, "AcceptedJob", "The new job."), (200, "AcceptedJob", "It was redriven before.")] },
        new(Post, "/{id}/cancel", "cancelJob", "Operate", "Cancel a job: at once when it waits, through its handler's token when it runs.", JobEndpoints.CancelAsync) { IsConditional = true, Answers = [_done] },
        new(Post, "/{id}/retry", "retryJob", "Operate", "Run a job again, under the same id and with its history.", JobEndpoints.RetryAsync) { IsConditional = true, Answers = [_done] },
        new(Post, "/{id}/promote", "promoteJob", "Operate", "Make a delayed job due now.", JobEndpoints.PromoteAsync) { IsConditional = true, Answers = [_done] },
        new(Post, "/{id}/resubmit", "resubmitJob", "Operate", "Enqueue a copy of a job under a new id.", JobEndpoints.ResubmitAsync) { Answers = [(201, "AcceptedJob", "The copy.")] },
    ];
}
