namespace Jobs;

/// <summary>The contract of a job without input and result, for front ends that enqueue what another application handles.</summary>
public interface IJobContract;

/// <summary>The contract of a job with an input and no result.</summary>
/// <typeparam name="TInput">The job's input.</typeparam>
public interface IJobContract<TInput>;

/// <summary>The contract of a job with an input and a result.</summary>
/// <typeparam name="TInput">The job's input.</typeparam>
/// <typeparam name="TResult">The job's result.</typeparam>
public interface IJobContract<TInput, TResult>;
