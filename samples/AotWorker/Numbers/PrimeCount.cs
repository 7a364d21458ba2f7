namespace AotWorker.Numbers;

public sealed record PrimeCount(long Count, long Largest);
