using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Declarations;

public class AsyncVoidTests
{
    [Fact]
    public Task Whatever_is_async_void_in_a_handler_is_found() => Analysis.VerifyAsync("""
        [Job]
        public sealed class Mail : IJobHandler
        {
            public async ValueTask HandleAsync(JobContext context, CancellationToken cancellationToken)
            {
                Send();
                Local();
                Action lambda = {|JOB0010:async () => await Task.Yield()|};
                Func<Task> awaitable = async () => await Task.Yield();
                lambda();
                await awaitable();

                async void {|JOB0010:Local|}() => await Task.Yield();
            }

            private static async void {|JOB0010:Send|}() => await Task.Yield();
        }
        """);

    [Fact]
    public Task Elsewhere_it_is_nobodys_business_here() => Analysis.VerifyAsync("""
        public sealed class Form
        {
            public async void OnClick() => await Task.Yield();
        }
        """);
}
