namespace Jobs.AspNetCore.Authorization;

/// <summary>What somebody wants to do.</summary>
internal enum Access
{
    Read,
    Submit,
    Operate,
}
