using System.Text.Json;

namespace Jobs.Aot.Tests;

public sealed class BinaryTests(NativeWorker worker, NativeClient client)
{
    [Fact]
    public Task Publishing_the_service_natively_warns_of_nothing() => WarnsOfNothingAsync(worker);

    [Fact]
    public Task Publishing_a_client_of_it_natively_warns_of_nothing() => WarnsOfNothingAsync(client);

    [Fact]
    public Task The_binary_keeps_to_its_budget() => KeepsToBudgetAsync(worker);

    [Fact]
    public Task The_binary_of_the_client_keeps_to_its_budget() => KeepsToBudgetAsync(client);

    private static async Task WarnsOfNothingAsync(NativeProgram native) =>
        (await native.PublishAsync()).AssertSucceeded().AssertWithoutWarnings();

    private static async Task KeepsToBudgetAsync(NativeProgram native)
    {
        var program = await native.GetPathAsync();
        var name = Path.GetFileName(program);
        using var budget = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "binary-budget.json"), TestContext.Current.CancellationToken));
        var allowed = budget.RootElement.GetProperty(name).GetInt64();

        var actual = new FileInfo(program).Length;

        Assert.True(actual <= allowed, $"{name} has grown to {actual:N0} bytes; its budget in tests/Jobs.Aot.Tests/binary-budget.json is {allowed:N0}. Find what brings the code in (LINQ over structs multiplies), or raise the budget with a reason.");
    }
}
