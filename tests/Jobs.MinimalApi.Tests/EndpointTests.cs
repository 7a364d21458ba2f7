using System.Net;
using Xunit;

namespace Jobs.MinimalApi.Tests;

/// <summary>Endpoints that take the generated client, compiled with the generator of request delegates.</summary>
public class EndpointTests
{
    [Fact]
    public async Task An_endpoint_enqueues_a_job_of_the_application_and_waits_for_its_result()
    {
        await using var application = await TestApplication.StartAsync();

        using var response = await application.Http.PostAsync(new Uri("/greet/world", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal("Hello world", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_internal_handler_of_a_referenced_assembly_runs()
    {
        await using var application = await TestApplication.StartAsync();

        using var response = await application.Http.PostAsync(new Uri("/mail?to=a@example.com&subject=Hi", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal("a@example.com/1", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_invalid_input_is_answered_with_its_problems()
    {
        await using var application = await TestApplication.StartAsync();

        using var response = await application.Http.PostAsync(new Uri("/mail?to=nobody&subject=", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("\"To, Subject\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_handler_enqueues_a_job_that_is_internal_to_a_friend_assembly()
    {
        await using var application = await TestApplication.StartAsync();

        using var response = await application.Http.PostAsync(new Uri("/report/7", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.StartsWith("7 ", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
