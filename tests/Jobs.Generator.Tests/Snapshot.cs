using System.Runtime.CompilerServices;
using Xunit;

namespace Jobs.Generator.Tests;

/// <summary>Compares text with the file <c>Class.Test.verified.cs</c> beside the test; on a mismatch the text is left in <c>….received.cs</c>.</summary>
internal static class Snapshot
{
    public static void Verify(string actual, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        var prefix = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{test}");
        var verified = prefix + ".verified.cs";
        var received = prefix + ".received.cs";
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(expected is null ? $"There is no {verified} yet; the text is in {received}." : $"The text differs from {verified}; it is in {received}.\n{actual}");
    }
}
