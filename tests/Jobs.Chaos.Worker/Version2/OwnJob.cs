namespace Jobs.Chaos;

/// <summary>The job that the other version of the application does not know.</summary>
internal static class OwnJob
{
    public const string Name = JobNames.Parcel;

    public static IJobClient<Work, WorkResult> Of(JobClient client) => client.Parcel;
}
