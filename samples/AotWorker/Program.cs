using AotWorker;
using AotWorker.Api;
using AotWorker.Reports;
using Jobs;

// The settings lie beside the program, from wherever it is started.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton(new ReportFolder(builder.Configuration["Reports:Folder"] ?? "reports"));
builder.Services.AddJobs(jobs => jobs
    .Configure(builder.Configuration.GetSection("Jobs"))
    .UseStorage(builder.Configuration.GetSection("Storage")));
builder.Services.AddApiKeys(builder.Configuration.GetSection("Api"));
builder.Services.AddHealthChecks().AddJobs();
builder.Services.AddTelemetry(builder.Configuration.GetSection("Telemetry"));

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealthChecks("/health");
app.MapGet("/process", static () => Results.Json(ProcessFigures.Read(), ProcessJson.Default.ProcessFigures)).RequireAuthorization(ApiAccess.Operate);
app.MapJobs("/jobs", static api =>
{
    api.ReadPolicy = ApiAccess.Read;
    api.SubmitPolicy = ApiAccess.Submit;
    api.OperatePolicy = ApiAccess.Operate;
});
app.Run();
