using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Reads a filter from a query, and narrows it to what the caller may see.</summary>
internal static class FilterReader
{
    public static async ValueTask<JobFilter> ReadAsync(ApiRequest request, Access access)
    {
        var filter = Conditions(request);
        var name = filter.Name is not null && request.Api.Registry.TryGet(filter.Name, out var definition) ? definition.Name : filter.Name;
        var caller = await request.Api.Authorization.DemandFilterAsync(request.Context, access, name, filter.Queue).ConfigureAwait(false);
        if (!caller.OwnOnly)
        {
            return filter;
        }

        return filter.Submitter is null || string.Equals(filter.Submitter, caller.Identity, StringComparison.Ordinal)
            ? filter with { Submitter = caller.Identity }
            : throw new ApiException(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "You may see your own jobs only. Leave the submitter out.");
    }

    /// <summary>A filter for changing many jobs: one without a condition has to say so.</summary>
    public static ValueTask<JobFilter> ReadForChangeAsync(ApiRequest request)
    {
        var isBounded = request.Context.Request.Query.Keys.Any(static key => !string.Equals(key, "all", StringComparison.OrdinalIgnoreCase) && !string.Equals(key, "tagMatch", StringComparison.OrdinalIgnoreCase));
        if (!isBounded && !request.Flag("all"))
        {
            throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.UnboundedFilter, "There is no condition, so this would change every job. Add one, such as ?status=Failed, or say ?all=true.");
        }

        return ReadAsync(request, Access.Operate);
    }

    private static JobFilter Conditions(ApiRequest request)
    {
        var filter = new JobFilter
        {
            Status = request.Name<JobStatus>("status"),
            IsUnfinished = request.Flag("unfinished"),
            Name = request.Text("name"),
            Queue = request.Text("queue"),
            Submitter = request.Text("submitter"),
            ScheduleId = request.Text("scheduleId"),
            Tags = request.Texts("tag"),
            CreatedFrom = request.Time("createdFrom"),
            CreatedBefore = request.Time("createdBefore"),
            Priority = request.Number("priority"),
            IncludePayload = request.Flag("includePayload"),
            IncludeResult = request.Flag("includeResult"),
            Cursor = request.Text("cursor"),
        };
        return filter with
        {
            TagMatch = request.Name<TagMatch>("tagMatch") ?? filter.TagMatch,
            Limit = request.Number("limit") ?? filter.Limit,
            Offset = request.Number("offset") ?? filter.Offset,
        };
    }
}
