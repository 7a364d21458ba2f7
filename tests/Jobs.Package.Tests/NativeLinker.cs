namespace Jobs.Package.Tests;

/// <summary>What turns compiled objects into a program: clang by default, gcc where it is missing.</summary>
internal sealed record NativeLinker(IReadOnlyList<string> Arguments)
{
    public static NativeLinker FindOrSkip()
    {
        if (IsInstalled("clang"))
            return new NativeLinker([]);

        if (IsInstalled("gcc"))
            return new NativeLinker(["-p:CppCompilerAndLinker=gcc"]);

        const string missing = "A native program needs a C linker: install clang or gcc (on Debian and Ubuntu: apt-get install gcc zlib1g-dev).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(missing);

        Assert.Skip(missing);
        return null;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
