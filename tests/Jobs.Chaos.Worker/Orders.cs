namespace Jobs.Chaos;

/// <summary>What the starter says on standard input. When it falls silent for good, it is dead, and so is this process.</summary>
internal sealed class Orders
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The order to go on.</summary>
    public Task Go => _go.Task;

    /// <summary>The order to stop in good order: a worker gives back what it holds, an enqueuer has enqueued enough.</summary>
    public Task Stop => _stop.Task;

    public void Listen() => new Thread(Read) { IsBackground = true }.Start();

    private void Read()
    {
        while (Console.In.ReadLine() is { } line)
            (line == "go" ? _go : _stop).TrySetResult();

        Environment.Exit(3);
    }
}
