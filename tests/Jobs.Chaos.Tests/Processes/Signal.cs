using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Jobs.Chaos.Tests.Processes;

/// <summary>The signals that a process cannot refuse.</summary>
internal static partial class Signal
{
    private const int Killed = 9;
    private static readonly int _continued = OperatingSystem.IsMacOS() ? 19 : 18;
    private static readonly int _stopped = OperatingSystem.IsMacOS() ? 17 : 19;

    public static void Kill(int processId) => Send(processId, Killed);

    public static void Stop(int processId) => Send(processId, _stopped);

    public static void Continue(int processId) => Send(processId, _continued);

    private static void Send(int processId, int signal)
    {
        if (SendSignal(processId, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
