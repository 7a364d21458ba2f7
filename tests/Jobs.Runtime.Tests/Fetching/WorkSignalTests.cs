using Jobs.Fetching;
using Xunit;

namespace Jobs.Runtime.Tests.Fetching;

public sealed class WorkSignalTests
{
    [Fact]
    public async Task A_wake_while_nobody_waits_is_remembered_once()
    {
        var signal = new WorkSignal();
        signal.Wake();
        signal.Wake();
        await signal.WaitAsync();
        var second = signal.WaitAsync();
        Assert.False(second.IsCompleted);
        signal.Wake();
        await second;
    }

    [Fact]
    public async Task No_wake_is_lost_however_many_threads_call_it()
    {
        const int PerProducer = 200_000;
        var signal = new WorkSignal();
        var produced = 0;
        var consumer = Task.Run(async () =>
        {
            var seen = 0;
            while (seen < 3 * PerProducer)
            {
                // Whatever was produced before a wake must be seen after it; a lost wake leaves this waiting for ever.
                seen = Volatile.Read(ref produced);
                if (seen < 3 * PerProducer)
                {
                    await signal.WaitAsync();
                }
            }
        });
        var producers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < PerProducer; i++)
            {
                Interlocked.Increment(ref produced);
                signal.Wake();
            }
        }));
        await Task.WhenAll([.. producers, consumer]).SoonAsync();
    }
}
