namespace Jobs.Runtime.Tests;

internal static class WaitingExtensions
{
    public static Task SoonAsync(this Task task) => task.WaitAsync(TestHost.Limit);

    public static Task<T> SoonAsync<T>(this Task<T> task) => task.WaitAsync(TestHost.Limit);

    public static Task SoonAsync(this TaskCompletionSource source) => source.Task.WaitAsync(TestHost.Limit);

    /// <summary>Waits for the end of a job, whatever it is, and gives its record.</summary>
    public static async Task<JobSnapshot> EndAsync(this JobHandle handle)
    {
        try
        {
            await handle.WaitForCompletionAsync().SoonAsync();
        }
        catch (Exception exception) when (exception is JobFailedException or JobCancelledException)
        {
        }

        return await handle.GetStatusAsync();
    }
}
