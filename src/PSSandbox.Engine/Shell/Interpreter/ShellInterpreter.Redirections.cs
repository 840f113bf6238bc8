using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

// Redirections (POSIX XCU 2.7).
internal sealed partial class ShellInterpreter
{
    /// <summary>The least descriptor that <c>{name}&gt;file</c> takes.</summary>
    private const int LeastNamedDescriptor = 10;

    private readonly List<SavedDescriptor> _saved = [];
    private bool _keepRedirections;

    /// <summary>Makes the redirections of the running built-in permanent: <c>exec</c> without a command.</summary>
    public void KeepRedirections() => _keepRedirections = true;

    /// <summary>Applies redirections in order. False, with a message, if one fails: those before it stay applied.</summary>
    private bool ApplyRedirections(Redirection[] redirections, bool save)
    {
        foreach (Redirection redirection in redirections)
        {
            if (!Apply(redirection, save))
                return false;
        }

        return true;
    }

    /// <summary>Puts back what redirections had put aside since a mark.</summary>
    private void RestoreDescriptors(int mark)
    {
        bool keep = _keepRedirections;
        _keepRedirections = false;
        for (int i = _saved.Count - 1; i >= mark; i--)
        {
            SavedDescriptor saved = _saved[i];
            _saved.RemoveAt(i);
            if (keep || Process.State is ProcessState.Zombie or ProcessState.Reaped)
                saved.File?.Release();
            else if (saved.File is null)
                Process.Descriptors.Close(saved.Descriptor);
            else
                Process.Descriptors.Set(saved.Descriptor, saved.File, saved.CloseOnExec);
        }
    }

    /// <summary>The process is replaced or ends: what was put aside is closed.</summary>
    private void DropSavedDescriptors()
    {
        foreach (SavedDescriptor saved in _saved)
            saved.File?.Release();
        _saved.Clear();
    }

    private bool Apply(Redirection redirection, bool save)
    {
        int descriptor = redirection.Descriptor;
        if (redirection.Variable is { } variable)
        {
            if (redirection.TargetDescriptor == Redirection.Close)
            {
                if (!int.TryParse(DescriptorOf(variable), out descriptor))
                {
                    Error($"{variable}: Bad file descriptor");
                    return false;
                }

                Process.Descriptors.Close(descriptor);
                return true;
            }

            descriptor = -1;
            save = false;
        }

        OpenFile? file;
        switch (redirection.Operator)
        {
            case RedirectionOperator.HereDocument:
            case RedirectionOperator.HereDocumentStripTabs:
                file = new HereDocumentFile(LargeText.ToBytes(redirection.Document is { } document ? document.Body.Literal ?? ExpandText(document.Body) : "", this));
                break;
            case RedirectionOperator.HereString:
                file = new HereDocumentFile(LargeText.ToBytes(LargeText.Concat(ExpandText(redirection.Target), "\n", this), this));
                break;
            case RedirectionOperator.DuplicateInput:
            case RedirectionOperator.DuplicateOutput:
                return Duplicate(redirection, descriptor, save);
            case RedirectionOperator.OutputAndError:
            case RedirectionOperator.AppendOutputAndError:
                return OpenBoth(redirection, save);
            default:
                if (!ExpandTarget(redirection.Target, out string path) || !Open(path, redirection.Operator, out file))
                    return false;
                break;
        }

        return Place(redirection, descriptor, file!, save);
    }

    private string? DescriptorOf(string variable)
    {
        int bracket = variable.IndexOf('[');
        return bracket < 0 ? Variables.Get(variable) : Variables.GetElement(variable[..bracket], variable[(bracket + 1)..^1]);
    }

    private bool OpenBoth(Redirection redirection, bool save)
    {
        if (!ExpandTarget(redirection.Target, out string path) || !Open(path, redirection.Operator, out OpenFile? file))
            return false;
        return Place(redirection, 1, file!, save) && Place(redirection, 2, file!.AddReference(), save);
    }

    private bool Duplicate(Redirection redirection, int descriptor, bool save)
    {
        int from = redirection.TargetDescriptor;
        bool move = redirection.IsMove;
        if (from == -1)
        {
            if (!ExpandTarget(redirection.Target, out string text))
                return false;
            ReadOnlySpan<char> digits = text;
            if (text == "-")
            {
                from = Redirection.Close;
            }
            else
            {
                move = digits.EndsWith("-");
                if (move)
                    digits = digits[..^1];
                if (!int.TryParse(digits, System.Globalization.NumberStyles.None, null, out from))
                {
                    if (redirection.Operator == RedirectionOperator.DuplicateOutput && redirection.ExplicitDescriptor < 0 && text.Length > 0)
                        return OpenNamedBoth(redirection, text, save);
                    Error($"{text}: {(text.Length == 0 ? "ambiguous redirect" : IsBash ? "ambiguous redirect" : "bad fd number")}");
                    return false;
                }
            }
        }

        DescriptorTable table = Process.Descriptors;
        if (from == Redirection.Close)
        {
            OpenFile? old = table.Take(descriptor);
            if (save)
                _saved.Add(new SavedDescriptor(descriptor, old, false));
            else
                old?.Release();
            return true;
        }

        OpenFile? source = table[from];
        if (source is null)
        {
            Error($"{from}: Bad file descriptor");
            return false;
        }

        if (from == descriptor && !move)
            return true;
        if (!Place(redirection, descriptor, source.AddReference(), save))
            return false;
        if (move && from != descriptor)
        {
            OpenFile? moved = table.Take(from);
            if (save)
                _saved.Add(new SavedDescriptor(from, moved, false));
            else
                moved?.Release();
        }

        return true;
    }

    private bool OpenNamedBoth(Redirection redirection, string path, bool save)
    {
        if (!Open(path, RedirectionOperator.OutputAndError, out OpenFile? file))
            return false;
        return Place(redirection, 1, file!, save) && Place(redirection, 2, file!.AddReference(), save);
    }

    /// <summary>Puts a file at a descriptor, remembering what was there; below 0 at a free one whose number a variable gets.</summary>
    private bool Place(Redirection redirection, int descriptor, OpenFile file, bool save)
    {
        DescriptorTable table = Process.Descriptors;
        Errno error;
        if (descriptor < 0)
        {
            error = table.Add(file, out int number, LeastNamedDescriptor);
            if (error == Errno.None)
            {
                string name = redirection.Variable!;
                string text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
                int bracket = name.IndexOf('[');
                if (bracket < 0)
                    Variables.Assign(name, text);
                else
                    Variables.AssignElement(name[..bracket], name[(bracket + 1)..^1], text);
                return true;
            }
        }
        else if (descriptor >= table.Limit)
        {
            error = Errno.EBADF;
        }
        else
        {
            if (save)
            {
                bool closeOnExec = table.IsCloseOnExec(descriptor);
                _saved.Add(new SavedDescriptor(descriptor, table.Take(descriptor), closeOnExec));
            }

            error = table.Set(descriptor, file);
            if (error == Errno.None)
                return true;
        }

        file.Release();
        Error($"{descriptor}: {error.Message()}");
        return false;
    }

    /// <summary>Expands the target of a redirection, which must give one word.</summary>
    private bool ExpandTarget(Word target, out string text)
    {
        text = target.Literal!;
        if (text is not null)
            return true;
        if (!IsBash)
        {
            text = ExpandText(target);
            return true;
        }

        List<string> fields = RentList();
        ExpandField(target, fields);
        bool one = fields.Count == 1;
        text = one ? fields[0] : "";
        ReturnList(fields);
        if (!one)
            Error($"{SourceText(target)}: ambiguous redirect");
        return one;
    }

    /// <summary>Opens a redirection's file. False with a message.</summary>
    private bool Open(string path, RedirectionOperator op, out OpenFile? file)
    {
        if (DescriptorOfPath(path) is { } descriptor && Process.Descriptors[descriptor] is { Node: null } open)
        {
            file = open.AddReference();
            return true;
        }

        bool exclusive = op is RedirectionOperator.Output or RedirectionOperator.OutputAndError && Has(ShellOptions.NoClobber);
        OpenFlags flags = op switch
        {
            RedirectionOperator.Input => OpenFlags.ReadOnly,
            RedirectionOperator.ReadWrite => OpenFlags.ReadWrite | OpenFlags.Create,
            RedirectionOperator.Append or RedirectionOperator.AppendOutputAndError => OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Append,
            _ => OpenFlags.WriteOnly | OpenFlags.Create | (exclusive ? OpenFlags.Exclusive : OpenFlags.Truncate),
        };
        Errno error = OpenFile(path, flags, out file);
        if (exclusive && error == Errno.EEXIST)
        {
            error = Process.Kernel.Files.GetStatus(Process.Paths, path, true, out FileStatus status);
            if (error == Errno.None && status.Type == FileType.Regular)
            {
                Error($"{path}: cannot overwrite existing file");
                return false;
            }

            error = OpenFile(path, OpenFlags.WriteOnly, out file);
        }

        if (error == Errno.EINTR)
            CheckAttention();
        if (error == Errno.None)
            return true;
        Error($"{path}: {error.Message()}");
        return false;
    }

    /// <summary>Opens a file as this process, with its file mode creation mask.</summary>
    public Errno OpenFile(string path, OpenFlags flags, out OpenFile? file) =>
        Process.Kernel.Files.Open(Process.Paths, path, flags, 0x1b6 & ~Process.UMask, out file);

    private static int? DescriptorOfPath(string path)
    {
        if (!path.StartsWith("/dev/", StringComparison.Ordinal))
            return null;
        return path switch
        {
            "/dev/stdin" => 0,
            "/dev/stdout" => 1,
            "/dev/stderr" => 2,
            _ => path.StartsWith("/dev/fd/", StringComparison.Ordinal)
                && int.TryParse(path.AsSpan(8), System.Globalization.NumberStyles.None, null, out int number) ? number : null,
        };
    }
}
