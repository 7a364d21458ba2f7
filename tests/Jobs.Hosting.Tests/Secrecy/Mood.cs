namespace Jobs.Hosting.Tests.Secrecy;

public enum Mood
{
    Well,
    Unwell,
}
