using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Endpoints;
using Jobs.AspNetCore.Limits;
using Jobs.AspNetCore.Problems;
using Jobs.AspNetCore.Streaming;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jobs.AspNetCore;

/// <summary>One mapped API: what its endpoints share, and how each request begins and ends.</summary>
internal sealed class JobsApi : IDisposable
{
    private readonly ILogger _logger;
    private readonly IServiceProvider _services;
    private readonly CallerLimits? _limits;

    private JobsApi(IServiceProvider services, string prefix, JobsApiOptions options, ApiAuthorization authorization, ILogger logger)
    {
        _services = services;
        _logger = logger;
        Prefix = "/" + prefix.Trim('/');
        Options = options;
        Authorization = authorization;
        Manager = Find<IJobManager>(services, options) ?? throw new JobException(JobErrorCodes.Configuration, options.Store is null
            ? "MapJobs needs jobs. Call builder.Services.AddJobs(…) first."
            : $"MapJobs needs the jobs of the store '{options.Store}'. Call builder.Services.AddJobs(\"{options.Store}\", …) first.");
        Registry = Find<IJobRegistry>(services, options)!;
        Slots = new StreamSlots(options.MaxStreams);
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        if (options.CallerRate is not null)
        {
            _limits = new CallerLimits(options.CallerRate, options.Submitter);
            services.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(Dispose);
        }
    }

    public string Prefix { get; }

    public JobsApiOptions Options { get; }

    public ApiAuthorization Authorization { get; }

    public IJobManager Manager { get; }

    public IJobRegistry Registry { get; }

    public IJobSchedules Schedules => Find<IJobSchedules>(_services, Options)!;

    public IJobEvents Events => Find<IJobEvents>(_services, Options)!;

    public StreamSlots Slots { get; }

    public TimeProvider Time { get; }

    /// <summary>Streams must not hold up the end of the application.</summary>
    public CancellationToken Stopping { get; }

    /// <exception cref="JobException">The set-up is wrong.</exception>
    public static JobsApi Create(IServiceProvider services, string prefix, JobsApiOptions options)
    {
        Check(options);
        var logger = (services.GetService<ILoggerFactory>() ?? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance).CreateLogger("Jobs.AspNetCore");
        var isOpen = AccessRules.CheckIsOpen(options, services, services.GetService<IHostEnvironment>()?.IsDevelopment() ?? false);
        if (isOpen && !options.IsOpen)
        {
            ApiLog.OpenInDevelopment(logger, prefix);
        }

        return new JobsApi(services, prefix, options, new ApiAuthorization(options, isOpen), logger);
    }

    /// <summary>Runs an endpoint; whatever goes wrong is answered with problem details.</summary>
    public async Task RunAsync(ApiRoute route, HttpContext context)
    {
        try
        {
            RequestBody.Limit(context, Options.MaxRequestBodyBytes);
            _limits?.Take(context);
            var request = new ApiRequest(this, context);
            request.RefuseUnknownParameters(route);
            await route.Handle(request).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more.
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested && context.Response.HasStarted)
        {
            // A stream ends with the application; the client comes back elsewhere.
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the timer of the limits, with the application.</summary>
    public void Dispose() => _limits?.Dispose();

    public Task RefuseMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return AnswerAsync(context, new ApiException(StatusCodes.Status405MethodNotAllowed, ProblemCodes.MethodNotAllowed, $"{context.Request.Method} is not possible here; {allowed} is."));
    }

    public Task RefuseRouteAsync(HttpContext context) =>
        AnswerAsync(context, new ApiException(StatusCodes.Status404NotFound, ProblemCodes.NoSuchRoute, $"There is nothing at this address. {Prefix}/openapi.json describes what there is."));

    private static T? Find<T>(IServiceProvider services, JobsApiOptions options)
        where T : class => options.Store is null ? services.GetService<T>() : services.GetKeyedService<T>(options.Store);

    private static void Check(JobsApiOptions options)
    {
        var problem = options switch
        {
            { MaxWait.Ticks: <= 0 } => "MaxWait must be more than zero",
            _ when options.DefaultWait <= TimeSpan.Zero || options.DefaultWait > options.MaxWait => "DefaultWait must be more than zero and at most MaxWait",
            { MaxRequestBodyBytes: < 1024 } => "MaxRequestBodyBytes must be at least 1,024",
            { MaxStreams: < 1 } => "MaxStreams must be at least 1",
            { StreamKeepAlive.Ticks: <= 0 } => "StreamKeepAlive must be more than zero",
            { FollowInterval.Ticks: <= 0 } => "FollowInterval must be more than zero",
            { Submitter: null } => "Submitter is null",
            _ => null,
        };
        if (problem is not null)
        {
            throw new JobException(JobErrorCodes.Configuration, $"MapJobs is refused: {problem}.");
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (Problem.Settle(context, exception, _logger) is not { } problem)
        {
            return;
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            await ChallengeAsync(context).ConfigureAwait(false);
            if (context.Response.HasStarted || context.Response.StatusCode is >= 300 and < 400)
            {
                return;
            }
        }

        await Problem.WriteAsync(context, problem, exception).ConfigureAwait(false);
    }

    /// <summary>Lets the application's scheme say how to authenticate, when it has one.</summary>
    private static async Task ChallengeAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<IAuthenticationSchemeProvider>() is { } schemes && await schemes.GetDefaultChallengeSchemeAsync().ConfigureAwait(false) is not null)
        {
            await context.ChallengeAsync().ConfigureAwait(false);
        }
    }
}
