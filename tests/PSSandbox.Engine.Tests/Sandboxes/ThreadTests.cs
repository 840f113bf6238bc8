using System.Diagnostics;
using System.Text;
using PSSandbox.Processes;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>Counts the threads of all sandboxes, so nothing else may run meanwhile.</summary>
[Collection(Alone.Name)]
public sealed class ThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("seq 20000 | sed 's/1/2/' | sort -n | tail -1")]
    [InlineData("yes | sed 's/y/n/' | sort | cat")]
    [InlineData("sleep 1000 | cat | cat | cat")]
    public void Pipelines_leave_no_thread_behind(string script)
    {
        Assert.True(Becomes(0), "threads of other tests remain");
        using (Sandbox sandbox = Sandbox.Create())
        {
            SandboxProcess[] all = [.. Enumerable.Range(0, 8).Select(_ => sandbox.StartShell(Encoding.UTF8.GetBytes(script)))];
            foreach (SandboxProcess process in all)
            {
                if (process.Wait(TimeSpan.FromSeconds(0.5)) is null)
                    process.Kill();
                process.Wait();
                process.Dispose();
            }
        }

        Assert.True(Becomes(0), $"{ProcessThreads.Count} threads are left");
    }

    // Those that have nothing to do end after a while.
    private static bool Becomes(int count)
    {
        long begin = Stopwatch.GetTimestamp();
        while (ProcessThreads.Count > count)
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                return false;
            Thread.Sleep(50);
        }

        return true;
    }
}
