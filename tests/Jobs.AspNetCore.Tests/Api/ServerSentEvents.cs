namespace Jobs.AspNetCore.Tests;

internal static class ServerSentEvents
{
    public static async Task<List<(string Name, string? Id, string Data)>> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestService.Cancellation);
        var events = new List<(string, string?, string)>();
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = block.Split('\n').Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2 && parts[0].Length > 0).ToDictionary(parts => parts[0], parts => parts[1]);
            if (fields.TryGetValue("event", out var name))
            {
                events.Add((name, fields.GetValueOrDefault("id"), fields["data"]));
            }
        }

        return events;
    }
}
