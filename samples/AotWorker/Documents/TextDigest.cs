namespace AotWorker.Documents;

public sealed record TextDigest(int Words, int DistinctWords, IReadOnlyList<WordCount> MostFrequent, string Sha256);
