namespace Jobs.AspNetCore.Endpoints;

/// <summary>Reads which part of a numbered sequence is asked for.</summary>
internal static class PageReader
{
    private const int DefaultLimit = 200;
    private const int MaxLimit = 1000;

    public static (long After, int Limit) Read(ApiRequest request)
    {
        var after = request.LongNumber("after") ?? 0;
        if (after < 0)
        {
            throw ApiRequest.Wrong("after", "it must not be negative");
        }

        var limit = request.Number("limit") ?? DefaultLimit;
        return limit is >= 1 and <= MaxLimit ? (after, limit) : throw ApiRequest.Wrong("limit", $"it must be from 1 to {MaxLimit}");
    }
}
