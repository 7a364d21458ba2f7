using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>MassTransit with its in-memory transport.</summary>
public sealed class MassTransitHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IBusControl _bus;

    private MassTransitHost(ServiceProvider services, IBusControl bus)
    {
        _services = services;
        _bus = bus;
    }

    public static async Task<MassTransitHost> StartAsync(Arrivals arrivals)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(arrivals)
            .AddMassTransit(bus =>
            {
                bus.AddConsumer<NoOpConsumer>();
                bus.UsingInMemory(static (context, transport) =>
                {
                    transport.PrefetchCount = 256;
                    transport.ConfigureEndpoints(context);
                });
            })
            .BuildServiceProvider();
        var control = services.GetRequiredService<IBusControl>();
        await control.StartAsync(TimeSpan.FromSeconds(30));
        return new MassTransitHost(services, control);
    }

    public async ValueTask EnqueueAsync(Mail mail) => await _bus.Publish(mail);

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync(TimeSpan.FromSeconds(30));
        await _services.DisposeAsync();
    }

    public sealed class NoOpConsumer(Arrivals arrivals) : IConsumer<Mail>
    {
        public Task Consume(ConsumeContext<Mail> context)
        {
            arrivals.Signal();
            return Task.CompletedTask;
        }
    }
}
