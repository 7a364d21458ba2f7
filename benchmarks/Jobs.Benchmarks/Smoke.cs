using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Jobs.Benchmarks;

/// <summary>
/// Calls every benchmark of an assembly once, with the first of its parameters: whether they run, not how fast. BenchmarkDotNet's own
/// dry run is no substitute: it adds to what attributes ask for, and builds a project per benchmark.
/// </summary>
internal static class Smoke
{
    public static async Task RunAsync(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(static type => Methods<BenchmarkAttribute>(type).Any()).OrderBy(static type => type.Name, StringComparer.Ordinal))
        {
            var benchmark = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties())
            {
                if (property.GetCustomAttribute<ParamsAttribute>() is { } parameters)
                    property.SetValue(benchmark, parameters.Values[0]);
            }

            await CallAsync<GlobalSetupAttribute>(benchmark);
            foreach (var method in Methods<BenchmarkAttribute>(type))
            {
                await CallAsync<IterationSetupAttribute>(benchmark);
                await CallAsync(benchmark, method);
                await CallAsync<IterationCleanupAttribute>(benchmark);
                Console.WriteLine($"{type.Name}.{method.Name} runs");
            }

            await CallAsync<GlobalCleanupAttribute>(benchmark);
        }
    }

    private static async Task CallAsync<TAttribute>(object benchmark)
        where TAttribute : Attribute
    {
        foreach (var method in Methods<TAttribute>(benchmark.GetType()))
            await CallAsync(benchmark, method);
    }

    private static async Task CallAsync(object benchmark, MethodInfo method)
    {
        var result = method.Invoke(benchmark, null);
        var task = result as Task ?? (result is not null && result.GetType().GetMethod("AsTask", Type.EmptyTypes) is { } convert ? (Task)convert.Invoke(result, null)! : Task.CompletedTask);
        await task;
    }

    private static IEnumerable<MethodInfo> Methods<TAttribute>(Type type)
        where TAttribute : Attribute => type.GetMethods().Where(static method => method.GetCustomAttribute<TAttribute>() is not null);
}
