namespace Jobs.StorageBenchmarks.Control;

/// <summary>What an operation took, of several measurements.</summary>
internal sealed class Sample
{
    private readonly List<double> _times = [];
    private double _cpu;
    private long _operations;

    /// <summary>Microseconds per operation, the median of the measurements.</summary>
    public double Median => _times.Order().ElementAt(_times.Count / 2);

    /// <summary>Microseconds of processor time per operation, the mean: the system counts it in hundredths of a second.</summary>
    public double Cpu => _cpu / _operations;

    public void Add(double microseconds, double cpu, int operations)
    {
        _times.Add(microseconds / operations);
        _cpu += cpu;
        _operations += operations;
    }
}
