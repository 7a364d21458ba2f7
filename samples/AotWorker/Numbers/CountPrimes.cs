using System.Globalization;
using Jobs;

namespace AotWorker.Numbers;

/// <summary>A long computation that tells how far it is, and stops when it is asked to.</summary>
[Job("count-primes", Description = "Counts the primes up to a number.", Queue = "numbers", MaxConcurrency = 2)]
public sealed class CountPrimes : IJobHandler<CountPrimesInput, PrimeCount>
{
    public async ValueTask<PrimeCount> HandleAsync(CountPrimesInput input, JobContext context, CancellationToken cancellationToken)
    {
        var sieve = new PrimeSieve(input.UpTo);
        while (sieve.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await context.ReportProgressAsync(100.0 * sieve.Position / input.UpTo, string.Create(CultureInfo.InvariantCulture, $"{sieve.Count:N0} primes up to {sieve.Position:N0}"), cancellationToken);
        }

        NumbersLog.Counted(context.Logger, sieve.Count, input.UpTo);
        return new PrimeCount(sieve.Count, sieve.Largest);
    }
}
