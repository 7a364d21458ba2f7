namespace AotWorker.Documents;

public sealed record WordCount(string Word, int Count);
