using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AotWorker;

/// <summary>Where spans and metrics go, by configuration: nowhere, to the console, or to a collector by OTLP.</summary>
internal static class TelemetrySelection
{
    /// <exception cref="InvalidOperationException">The configuration names no exporter.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfigurationSection section)
    {
        // The variables of the OpenTelemetry specification (OTEL_EXPORTER_OTLP_ENDPOINT and so on) stay in force where this says nothing.
        var endpoint = section["Endpoint"] is { } text ? new Uri(text) : null;
        switch (section["Exporter"])
        {
            case null or "None":
                return services;
            case "Console":
                Observe(services, static tracing => tracing.AddConsoleExporter(), static metrics => metrics.AddConsoleExporter());
                return services;
            case "Otlp":
                Observe(services, tracing => tracing.AddOtlpExporter(Address), metrics => metrics.AddOtlpExporter(Address));
                return services;
            case var other:
                throw new InvalidOperationException($"Telemetry:Exporter is '{other}'. Choose None, Console or Otlp.");
        }

        // An address that is set here is taken as it is; one of the variables is completed for each signal.
        void Address(OtlpExporterOptions options)
        {
            if (endpoint is not null)
            {
                options.Endpoint = endpoint;
            }
        }
    }

    private static void Observe(IServiceCollection services, Action<TracerProviderBuilder> exportSpans, Action<MeterProviderBuilder> exportMetrics) =>
        services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("aot-worker"))
            .WithTracing(tracing => exportSpans(tracing.AddSource("Jobs").AddAspNetCoreInstrumentation()))
            .WithMetrics(metrics => exportMetrics(metrics.AddMeter("Jobs").AddAspNetCoreInstrumentation()));
}
