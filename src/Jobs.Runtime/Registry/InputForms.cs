using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Jobs.Execution;
using Jobs.Metadata;

namespace Jobs.Registry;

/// <summary>
/// Reads payloads that may be of a former form of the input. A payload counts as of a form when it has all that the form requires
/// and nothing that the form does not know: only so is one that merely lacks what is new not taken for a new one with gaps. What fits
/// none of the forms exactly is read leniently, as any payload is, though never as the present form when it has members of a former one.
/// </summary>
/// <param name="job">The job, which validates.</param>
/// <param name="upgrades">The former forms, nearest first.</param>
/// <param name="metadata">The input's metadata from given options.</param>
/// <param name="options">The assembly's options.</param>
internal sealed class InputForms<TInput>(RegisteredJob<TInput> job, IReadOnlyList<JobInputUpgrade<TInput>> upgrades, Func<JsonSerializerOptions, JsonTypeInfo<TInput>> metadata, JsonSerializerOptions options)
{
    private readonly JsonSerializerOptions _exact = new(options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly Lazy<HashSet<string>> _formerMembers = new(() => FindFormerMembers(upgrades, metadata, options));

    /// <summary>The input, upgraded where needed, and valid.</summary>
    /// <exception cref="InvalidPayloadException">The payload is of no form that is known, or breaks the rules.</exception>
    public TInput Read(byte[] payload, IServiceProvider services)
    {
        InvalidPayloadException? problem = null;
        foreach (var (isExact, chosen) in new[] { (true, _exact), (false, options) })
        {
            foreach (var form in Forms(chosen, isExact || !HasFormerMembers(payload)))
            {
                Func<IServiceProvider, TInput> create;
                try
                {
                    create = form(payload);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    // Whatever reading throws, the type's own constructor included: the payload is not of this form.
                    problem = isExact ? problem : problem ?? InvalidPayloadException.Unreadable(job.Name, exception);
                    continue;
                }

                // What an upgrader throws is not about the form, and is left to the attempt.
                var input = create(services);
                var errors = job.Validate(input, services);
                if (errors.Count == 0)
                {
                    return input;
                }

                problem ??= InvalidPayloadException.BreaksRules(errors);
            }
        }

        throw problem!;
    }

    /// <summary>Why a payload is of no form that is known; null when it is of one. Nothing is upgraded, so that nothing of the application's runs.</summary>
    public string? FindReadingProblem(byte[] payload)
    {
        string? problem = null;
        foreach (var (isExact, chosen) in new[] { (true, _exact), (false, options) })
        {
            foreach (var form in Forms(chosen, isExact || !HasFormerMembers(payload)))
            {
                try
                {
                    form(payload);
                    return null;
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    problem = isExact ? problem : problem ?? exception.Message;
                }
            }
        }

        return problem;
    }

    private static HashSet<string> FindFormerMembers(IReadOnlyList<JobInputUpgrade<TInput>> upgrades, Func<JsonSerializerOptions, JsonTypeInfo<TInput>> metadata, JsonSerializerOptions options)
    {
        var members = upgrades.SelectMany(upgrade => upgrade.GetJson(options).Properties).Select(static property => property.Name).ToHashSet(StringComparer.Ordinal);
        members.ExceptWith(metadata(options).Properties.Select(static property => property.Name));
        return members;
    }

    /// <summary>Whether a former form is the only one that knows some of it.</summary>
    private bool HasFormerMembers(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().Any(member => _formerMembers.Value.Contains(member.Name));
        }
        catch (JsonException)
        {
            // It is of no form at all, which reading it will say.
            return false;
        }
    }

    private IEnumerable<Func<byte[], Func<IServiceProvider, TInput>>> Forms(JsonSerializerOptions chosen, bool isPresentPossible)
    {
        if (isPresentPossible)
        {
            yield return payload =>
            {
                var input = JsonSerializer.Deserialize(payload, metadata(chosen))!;
                return _ => input;
            };
        }

        foreach (var upgrade in upgrades)
        {
            yield return payload => upgrade.Read(payload, chosen);
        }
    }
}
