using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>
/// The reference: a bare channel with two consumers, System.Text.Json both ways through generated metadata, a version 7 id, and
/// a record per job in a dictionary, kept or removed at the end. No retries, no history, no anything.
/// </summary>
public sealed class ChannelReference(Arrivals arrivals, bool keepRecords) : IAsyncDisposable
{
    private readonly Channel<Record> _channel = Channel.CreateUnbounded<Record>();
    private readonly ConcurrentDictionary<Guid, Record> _records = new();
    private readonly List<Task> _consumers = [];

    public void Start()
    {
        for (var i = 0; i < 2; i++)
        {
            _consumers.Add(Task.Run(ConsumeAsync));
        }
    }

    public ValueTask EnqueueAsync(Mail mail)
    {
        var record = new Record { Id = Guid.CreateVersion7(), Name = "no-op", Payload = JsonSerializer.SerializeToUtf8Bytes(mail, MailJson.Default.Mail), CreatedAt = DateTimeOffset.UtcNow };
        _records[record.Id] = record;
        return _channel.Writer.WriteAsync(record);
    }

    public void Clear() => _records.Clear();

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.Complete();
        await Task.WhenAll(_consumers);
    }

    private async Task ConsumeAsync()
    {
        await foreach (var record in _channel.Reader.ReadAllAsync())
        {
            record.Status = 1;
            record.Attempt = 1;
            record.StartedAt = DateTimeOffset.UtcNow;
            var mail = JsonSerializer.Deserialize(record.Payload, MailJson.Default.Mail);
            ArgumentNullException.ThrowIfNull(mail);
            record.Status = 2;
            record.CompletedAt = DateTimeOffset.UtcNow;
            if (!keepRecords)
            {
                _records.TryRemove(record.Id, out _);
            }

            arrivals.Signal();
        }
    }

    /// <summary>The least that an operator would ask of a record.</summary>
    private sealed class Record
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required byte[] Payload { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public int Status { get; set; }

        public int Attempt { get; set; }

        public DateTimeOffset? StartedAt { get; set; }

        public DateTimeOffset? CompletedAt { get; set; }
    }
}
