namespace Jobs.Http.Client;

/// <summary>What the options of the client may be.</summary>
internal static class HttpJobsRules
{
    public static void Check(Uri address, HttpJobsOptions options)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw Wrong($"'{address}' is no absolute address of http or https");
        }

        var problem = address switch
        {
            { Query.Length: > 0 } or { Fragment.Length: > 0 } => "the address has a query or a fragment; it ends with the prefix that MapJobs was given",
            { UserInfo.Length: > 0 } => "the address contains a user name; use HttpJobsOptions.AccessToken or a handler of the HTTP client, credentials in an address end up in logs",
            _ when string.IsNullOrEmpty(options.HttpClientName) => "HttpClientName is empty",
            _ when options.AttemptTimeout <= TimeSpan.Zero || options.AttemptTimeout > TimeSpan.FromHours(1) => $"AttemptTimeout is {options.AttemptTimeout}; it must be more than 0 and at most 1 hour",
            _ when options.MaxAttempts is < 1 or > 100 => $"MaxAttempts is {options.MaxAttempts}; it must be from 1 to 100",
            _ when options.RetryDelay < TimeSpan.Zero || options.MaxRetryDelay < options.RetryDelay || options.MaxRetryDelay > TimeSpan.FromHours(1) => $"RetryDelay is {options.RetryDelay} and MaxRetryDelay is {options.MaxRetryDelay}; they must not be negative, in this order and at most 1 hour",
            _ when options.StreamIdleTimeout <= TimeSpan.Zero || options.StreamIdleTimeout > TimeSpan.FromHours(1) => $"StreamIdleTimeout is {options.StreamIdleTimeout}; it must be more than 0 and at most 1 hour",
            _ when options.WaitTimeout <= TimeSpan.Zero || options.WaitTimeout > TimeSpan.FromHours(1) => $"WaitTimeout is {options.WaitTimeout}; it must be more than 0 and at most 1 hour",
            _ => null,
        };
        if (problem is not null)
        {
            throw Wrong(problem);
        }
    }

    /// <summary>The address with the slash at its end without which the last part would be replaced.</summary>
    public static Uri Prefix(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    public static JobException Wrong(string problem) => new(JobErrorCodes.Configuration, $"UseHttp is refused: {problem}.");
}
