using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// select, coproc, time (bash manual 3.2).
internal sealed partial class ShellInterpreter
{
    private List<Coproc>? _coprocs;

    private void ReportTiming(Timing begun, PipelineTiming kind)
    {
        Timing now = Timing.Begin(Process);
        string format = kind == PipelineTiming.Posix ? "real %2R\nuser %2U\nsys %2S"
            : Variables.Get("TIMEFORMAT") ?? (IsPosix ? "real %2R\nuser %2U\nsys %2S" : "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS");
        if (format.Length > 0)
            WriteError(Timing.Format(format, now.Real - begun.Real, now.Cpu - begun.Cpu));
    }

    private int RunSelect(SelectCommand command)
    {
        _line = command.Position.Line + _lineOffset;
        List<string> values = [];
        if (command.Words is { } words)
        {
            ExpandFields(words, values);
        }
        else
        {
            foreach (string value in Positional)
                values.Add(value);
        }

        if (values.Count == 0)
            return LastStatus = 0;
        if (!IsLoopVariable(command.Name, assigns: false))
            return LastStatus = 1;
        if (!BeforeCommand(command))
            return LastStatus;
        if ((Options & ShellOptions.XTrace) != 0)
            TraceList("select", command.Name, command.Words);
        int status = 0;
        bool menu = true;
        _loopDepth++;
        while (true)
        {
            if (menu)
                WriteError(SelectMenu.Format(values, Variables.Get("COLUMNS"), this));
            WriteError(Expander.ExpandPrompt(Variables.Get("PS3") ?? "#? "));
            var input = new DescriptorReader(this, 0);
            if (!input.ReadLine(out string line))
            {
                Out.Append('\n');
                FlushOut("select");
                status = 1;
                break;
            }

            menu = line.Length == 0;
            if (menu)
                continue;
            Variables.Assign("REPLY", line);
            bool chosen = int.TryParse(line, out int number) && number >= 1 && number <= values.Count;
            Variables.Assign(command.Name, chosen ? values[number - 1] : "");
            status = RunList(command.Body);
            if (_flow != ControlFlow.None && LeavesLoop(ref status))
                break;
            if (Variables.Get("REPLY") is not { Length: > 0 })
                menu = true;
        }

        _loopDepth--;
        return LastStatus = status;
    }

    private int RunCoproc(CoprocCommand command)
    {
        string name = command.Name ?? "COPROC";
        if (!Fork(out Process? child))
            return LastStatus;
        Pipe.Create(out PipeReader output, out PipeWriter childOutput);
        Pipe.Create(out PipeReader childInput, out PipeWriter input);
        child!.Descriptors.Set(0, childInput);
        child.Descriptors.Set(1, childOutput);
        child.Program = new SubshellProgram(ForkFor(child), null, command.Body);
        DescriptorTable table = Process.Descriptors;
        if (AddHigh(table, output, out int read) != Errno.None || AddHigh(table, input, out int write) != Errno.None)
        {
            Discard(child);
            Error($"coproc: {Errno.EMFILE.Message()}");
            return LastStatus = 1;
        }

        Variables.AssignArray(name, new Variables.IndexedArray([Number(read), Number(write)]));
        Variables.Assign(name + "_PID", Number(child.Id));
        ShellJob job = Jobs.Add([child], SourceText(command), 0);
        LastBackgroundPid = job.ProcessId;
        child.Start();
        _coprocs ??= [];
        _coprocs.Add(new Coproc(name, child, read, output, write, input));
        return LastStatus = 0;
    }

    /// <summary>Of coprocesses that have ended, closes the descriptors and unsets the variables, once a command has ended.</summary>
    private int ReapCoprocs(int status)
    {
        for (int i = (_coprocs?.Count ?? 0) - 1; i >= 0; i--)
        {
            Coproc coproc = _coprocs![i];
            if (coproc.Process.State is not (ProcessState.Zombie or ProcessState.Reaped))
                continue;
            _coprocs.RemoveAt(i);
            if (Process.Descriptors[coproc.ReadDescriptor] == coproc.Output)
                Process.Descriptors.Close(coproc.ReadDescriptor);
            if (Process.Descriptors[coproc.WriteDescriptor] == coproc.Input)
                Process.Descriptors.Close(coproc.WriteDescriptor);
            if (Variables.Find(coproc.Name) is { IsReadonly: false })
                Variables.Unset(coproc.Name);
            if (Variables.Find(coproc.Name + "_PID") is { IsReadonly: false })
                Variables.Unset(coproc.Name + "_PID");
        }

        return status;
    }

    private static Errno AddHigh(DescriptorTable table, OpenFile file, out int descriptor)
    {
        for (descriptor = Math.Min(63, table.Limit - 1); descriptor > 2; descriptor--)
        {
            if (table[descriptor] is null)
                return table.Set(descriptor, file, closeOnExec: true);
        }

        file.Release();
        return Errno.EMFILE;
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
