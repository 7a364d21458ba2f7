using CompileErrors;
using Microsoft.Extensions.DependencyInjection;

// Nothing here adds the jobs to the services.
var services = new ServiceCollection().BuildServiceProvider();
services.GetRequiredService<JobClient>();
