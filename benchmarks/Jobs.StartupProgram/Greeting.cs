namespace Jobs.StartupProgram;

public sealed record Greeting(string Text);
