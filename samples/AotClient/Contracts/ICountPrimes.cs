using AotWorker.Numbers;
using Jobs;

namespace AotClient.Contracts;

/// <summary>Its handler is in the service.</summary>
[Job("count-primes")]
public interface ICountPrimes : IJobContract<CountPrimesInput, PrimeCount>;
