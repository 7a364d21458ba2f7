using System.ComponentModel.DataAnnotations;

namespace AotWorker.Numbers;

public sealed record CountPrimesInput([Range(2L, 1_000_000_000_000L)] long UpTo);
