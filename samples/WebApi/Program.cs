using System.Security.Claims;
using Jobs;
using Microsoft.AspNetCore.Authentication.Cookies;
using WebApi;
using WebApi.Workspaces;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var data = Path.GetFullPath(builder.Configuration["Data"] ?? "data");
Directory.CreateDirectory(data);
builder.Services.AddSingleton(new WorkspaceFolder(Path.Combine(data, "workspaces")));
builder.Services.AddJobs(jobs => jobs.UseSqlite($"Data Source={Path.Combine(data, "webapi.db")}"));

// Nobody signs in here: a cookie tells visitors apart, so that each sees his own jobs and nobody else's.
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
{
    cookie.Cookie.Name = "visitor";
    cookie.Cookie.SameSite = SameSiteMode.Strict;
    cookie.Events.OnRedirectToLogin = context =>
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    };
});
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("visitor", policy => policy.RequireAuthenticatedUser())
    .AddPolicy("developer", policy => policy.RequireAssertion(context => (context.Resource as HttpContext)?.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)));

var app = builder.Build();
app.UseAuthentication();
app.Use(Visitor.WelcomeAsync);
app.UseAuthorization();
app.UseDefaultFiles();
app.UseStaticFiles();

app.MapJobs("/jobs", api =>
{
    api.OwnPolicy = "visitor";
    if (app.Environment.IsDevelopment())
    {
        api.Policy = "developer";
    }
});

app.MapPost("/signups", async (SignUp signUp, JobClient jobs, ClaimsPrincipal user, CancellationToken cancellationToken) =>
{
    // An id named by the workspace: a name is taken once, however often and wherever the form is sent.
    var id = JobId.From($"workspace:{signUp.Workspace}");
    var (handle, errors) = await jobs.CreateWorkspace.TryEnqueueAsync(signUp, new() { Id = id, Submitter = Visitor.IdOf(user) }, cancellationToken);
    if (handle is null)
    {
        return Results.ValidationProblem(errors.GroupBy(error => error.Member, StringComparer.Ordinal).ToDictionary(member => member.Key, member => member.Select(error => error.Message).ToArray(), StringComparer.Ordinal));
    }

    return handle.WasDeduplicated && (await handle.GetStatusAsync(cancellationToken)).Submitter != Visitor.IdOf(user)
        ? Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(SignUp.Workspace)] = [$"The name '{signUp.Workspace}' is taken."] })
        : Results.Created($"/status.html?id={handle.Id}", value: null);
}).RequireAuthorization("visitor");

app.MapGet("/signups/{id}/files", async (string id, JobClient jobs, WorkspaceFolder folder, ClaimsPrincipal user, CancellationToken cancellationToken) =>
    JobId.TryParse(id, null, out var jobId)
    && await jobs.CreateWorkspace.GetAsync(jobId, cancellationToken) is { } handle
    && await handle.GetStatusAsync(cancellationToken) is { Status: JobStatus.Completed, Result: { } workspace } job
    && job.Submitter == Visitor.IdOf(user)
        ? Results.File(folder.PathOf(workspace.File), "application/zip", workspace.File)
        : Results.NotFound()).RequireAuthorization("visitor");

await app.RunAsync();
