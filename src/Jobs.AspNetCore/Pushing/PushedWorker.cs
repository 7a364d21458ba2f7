using Jobs.AspNetCore.Endpoints;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Pushing;
using Jobs.Http.Signatures;
using Jobs.Http.Wire;
using Jobs.Pushing;
using Jobs.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jobs.AspNetCore.Pushing;

/// <summary>Takes pushed attempts: checks who sends them, has them run, and answers how they ended.</summary>
internal sealed class PushedWorker
{
    private const int MaxIdLength = 256;
    private static readonly TimeSpan _busyPause = TimeSpan.FromSeconds(1);
    private readonly JobWorkerOptions _options;
    private readonly WebhookSigner _signer;
    private readonly IAttemptRunner _runner;
    private readonly SeenRequests _seen;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _running;

    private PushedWorker(JobWorkerOptions options, IAttemptRunner runner, TimeProvider time, ILogger logger)
    {
        _options = options;
        _signer = new WebhookSigner(options.Secrets);
        _runner = runner;
        _seen = new SeenRequests(options.Tolerance, time);
        _time = time;
        _logger = logger;
    }

    /// <exception cref="JobException">The set-up is wrong.</exception>
    public static PushedWorker Create(IServiceProvider services, JobWorkerOptions options)
    {
        var problem = options switch
        {
            _ when options.Tolerance <= TimeSpan.Zero || options.Tolerance > TimeSpan.FromHours(1) => "Tolerance must be more than zero and at most an hour",
            { MaxConcurrency: < 1 } => "MaxConcurrency must be at least 1",
            { MaxRequestBodyBytes: < 1024 } => "MaxRequestBodyBytes must be at least 1,024",
            { KeepAlive.Ticks: <= 0 } => "KeepAlive must be more than zero",
            _ => null,
        };
        if (problem is not null)
        {
            throw new JobException(JobErrorCodes.Configuration, $"MapJobWorker is refused: {problem}.");
        }

        var runner = options.Store is null ? services.GetService<IAttemptRunner>() : services.GetKeyedService<IAttemptRunner>(options.Store);
        return new PushedWorker(
            options,
            runner ?? throw new JobException(JobErrorCodes.Configuration, options.Store is null
                ? "MapJobWorker needs jobs. Call builder.Services.AddJobs(jobs => jobs.WithoutStorage()), or with a storage, first."
                : $"MapJobWorker needs the jobs of the store '{options.Store}'. Call builder.Services.AddJobs(\"{options.Store}\", …) first."),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Jobs.AspNetCore"));
    }

    /// <summary>Answers a request; whatever is wrong with it, with problem details.</summary>
    public async Task RunAsync(HttpContext context)
    {
        try
        {
            RequestBody.Limit(context, _options.MaxRequestBodyBytes);
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // Nobody is there any more.
        }
        catch (Exception exception)
        {
            await RefuseAsync(context, exception).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            throw new ApiException(StatusCodes.Status405MethodNotAllowed, ProblemCodes.MethodNotAllowed, $"{context.Request.Method} is not possible here; POST is.");
        }

        var body = await RequestBody.ReadAsync(context, _options.MaxRequestBodyBytes).ConfigureAwait(false);
        Authenticate(context.Request.Headers, body.Span);
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType, $"The body is '{context.Request.ContentType}'; application/json is expected.");
        }

        try
        {
            if (Interlocked.Increment(ref _running) > _options.MaxConcurrency)
            {
                throw new ApiException(StatusCodes.Status429TooManyRequests, PushCodes.Busy, $"{_options.MaxConcurrency} jobs run here, and no more may.") { RetryAfter = _busyPause };
            }

            var job = Read(body.Span);
            Remember(context.Request.Headers[WebhookSigner.IdHeader].ToString());
            var answer = new AttemptAnswer(context, _options.KeepAlive, _time);
            var attempt = _runner.RunAsync(job, answer, context.RequestAborted).AsTask();
            try
            {
                await answer.WriteAsync(attempt).ConfigureAwait(false);
            }
            finally
            {
                // When nobody is there any more, the handler may still take its time to end, and its place with it.
                await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private void Authenticate(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        string id = headers[WebhookSigner.IdHeader].ToString(), signatures = headers[WebhookSigner.SignatureHeader].ToString();
        var problem = id.Length > MaxIdLength
            ? $"{WebhookSigner.IdHeader} is longer than {MaxIdLength} characters"
            : _signer.Check(id, headers[WebhookSigner.TimestampHeader], signatures, body, _time.GetUtcNow(), _options.Tolerance);
        if (problem is not null)
        {
            throw new ApiException(StatusCodes.Status401Unauthorized, PushCodes.Unauthenticated, $"The request is not accepted: {problem}.");
        }
    }

    private static ClaimedJob Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return PushWire.Read(body);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, "The request's policy cannot be read: " + exception.Message);
        }
    }

    private void Remember(string id)
    {
        if (_seen.IsFull)
        {
            throw new ApiException(StatusCodes.Status429TooManyRequests, PushCodes.Busy, "More requests have come than can be told from repeated ones. Lower the tolerance, or send less.") { RetryAfter = _options.Tolerance };
        }

        if (!_seen.TryAdd(id))
        {
            throw new ApiException(StatusCodes.Status401Unauthorized, PushCodes.Unauthenticated, $"The request is not accepted: one with this {WebhookSigner.IdHeader} has come before. Send each with an id of its own.");
        }
    }

    private async Task RefuseAsync(HttpContext context, Exception exception)
    {
        if (Problem.Settle(context, exception, _logger) is { } problem)
        {
            await Problem.WriteAsync(context, problem, exception).ConfigureAwait(false);
        }
    }
}
