using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>timeout: runs a program and ends it after a time, with status 124 then.</summary>
internal static class TimeoutCommand
{
    private const int TimedOut = 124;
    private const int BadUse = 125;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } =
        NativeProgram.Command("timeout", "/usr/bin", "[-s SIG] [-k KILL_SECS] [-pv] SECS PROG ARGS", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+s:k:pvf", "signal:s", "kill-after:k", "preserve-status:p", "verbose:v", "foreground:f");
        if (options is null)
            return BadUse;
        if (options.Operands.Count < 2)
        {
            context.Usage();
            return BadUse;
        }

        Signal signal = Signal.TERM;
        if (options.Value('s') is { } name && !Signals.TryParse(name, out signal))
            return Fail(context, $"bad signal name '{name}'");
        TimeSpan killAfter = TimeSpan.Zero;
        if (options.Value('k') is { } text && !Durations.TryParse(text, out killAfter))
            return Fail(context, $"invalid number '{text}'");
        if (!Durations.TryParse(options.Operands[0], out TimeSpan time))
            return Fail(context, $"invalid number '{options.Operands[0]}'");
        string[] program = [.. options.Operands.Skip(1)];
        if (time == TimeSpan.Zero)
            return context.Exec(program);
        int status = context.Fork(program, out Process? child);
        if (child is null)
            return status;
        foreach (Signal caught in (Signal[])[Signal.ALRM, Signal.TERM, Signal.INT, Signal.HUP, Signal.QUIT])
            context.Process.SetDisposition(caught, SignalDisposition.Catch);
        context.Process.SetAlarm(time);
        child.Start();
        return Wait(context, child, options.Has('p'), options.Has('v'), signal, killAfter);
    }

    private static int Wait(CommandContext context, Process child, bool preserveStatus, bool verbose, Signal signal, TimeSpan killAfter)
    {
        bool timedOut = false;
        bool killed = false;
        while (true)
        {
            Errno error = context.Process.Wait(child.Id, WaitOptions.None, out _, out WaitStatus status);
            if (error == Errno.None)
                return !timedOut || preserveStatus ? status.ShellStatus : killed || signal == Signal.KILL ? 128 + (int)Signal.KILL : TimedOut;
            if (error != Errno.EINTR)
                return BadUse;
            context.Process.CheckSignals();
            while (context.Process.TakeSignal() is var taken && taken != Signal.None)
            {
                if (taken != Signal.ALRM)
                {
                    child.Deliver(taken);
                    continue;
                }

                killed = timedOut;
                Signal send = timedOut ? Signal.KILL : signal;
                if (verbose)
                    context.Error($"sending signal {Signals.Name(send)} to pid {child.Id}");
                child.Deliver(send);
                if (!timedOut)
                    child.Deliver(Signal.CONT);
                timedOut = true;
                if (killAfter > TimeSpan.Zero && !killed)
                    context.Process.SetAlarm(killAfter);
            }
        }
    }

    private static int Fail(CommandContext context, string message)
    {
        context.Error(message);
        return BadUse;
    }
}
