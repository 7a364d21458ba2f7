using System.Text.Json;

namespace Jobs.Aot.Tests;

public sealed class BinaryTests(NativeProgram native)
{
    [Fact]
    public async Task Publishing_the_service_natively_warns_of_nothing() =>
        (await native.PublishAsync()).AssertSucceeded().AssertWithoutWarnings();

    [Fact]
    public async Task The_binary_keeps_to_its_budget()
    {
        using var budget = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "binary-budget.json"), TestContext.Current.CancellationToken));
        var allowed = budget.RootElement.GetProperty("maximumBytes").GetInt64();

        var actual = new FileInfo(await native.GetPathAsync()).Length;

        Assert.True(actual <= allowed, $"AotWorker has grown to {actual:N0} bytes; its budget in tests/Jobs.Aot.Tests/binary-budget.json is {allowed:N0}. Find what brings the code in (LINQ over structs multiplies), or raise the budget with a reason.");
    }
}
