using PSSandbox.FileSystem;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary>Built-ins that run more source or another program: <c>eval . source exec</c>.</summary>
internal static class SourceBuiltins
{
    /// <summary><c>eval</c>.</summary>
    public static int Eval(ShellInterpreter shell, List<string> arguments)
    {
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (shell.IsBash && at == 1 && arguments.Count > 1 && arguments[1] is ['-', _, ..])
        {
            shell.Error($"eval: {arguments[1][..2]}: invalid option");
            shell.Usage("eval");
            return 2;
        }

        string text = arguments.Count == at + 1 ? arguments[at] : string.Join(' ', arguments.Skip(at));
        return string.IsNullOrWhiteSpace(text) ? 0 : shell.RunText(text, "eval");
    }

    /// <summary><c>.</c> and <c>source</c>.</summary>
    public static int Source(ShellInterpreter shell, List<string> arguments)
    {
        int at = arguments.Count > 1 && arguments[1] == "--" ? 2 : 1;
        if (arguments.Count <= at)
        {
            shell.Error($"{arguments[0]}: filename argument required");
            shell.Usage(arguments[0]);
            shell.AbortSpecial();
            return 2;
        }

        string name = arguments[at];
        if (shell.IsBash && at == 1 && name is ['-', _, ..])
        {
            shell.Error($"{arguments[0]}: {name[..2]}: invalid option");
            shell.Usage(arguments[0]);
            shell.AbortSpecial();
            return 2;
        }

        string? path = name;
        Errno error = Errno.ENOENT;
        int status = 1;
        if (!name.Contains('/') && (!shell.IsBash || shell.HasShopt(Shopt.SourcePath)))
            path = FindOnPath(shell, name) ?? (shell.IsPosix ? null : name);
        string[]? parameters = arguments.Count > at + 1 ? [.. arguments.Skip(at + 1)] : null;
        if (path is not null)
            error = shell.RunFile(path, parameters, out status);
        if (error == Errno.None)
            return status;
        if (path is null || path == name && !name.Contains('/') && error == Errno.ENOENT && shell.IsPosix)
            shell.Error($"{arguments[0]}: {name}: file not found");
        else
            shell.Error($"{(shell.IsBash && error != Errno.EISDIR ? "" : arguments[0] + ": ")}{name}: {(error == Errno.EISDIR ? "is a directory" : error.Message())}");
        shell.AbortSpecial();
        return shell.IsBash ? 1 : 2;
    }

    /// <summary><c>exec</c>.</summary>
    public static int Exec(ShellInterpreter shell, List<string> arguments)
    {
        var options = new OptionScanner(shell, arguments, "a:cl");
        string? name = null;
        bool clean = false;
        bool login = false;
        for (char option; (option = options.Next()) != '\0';)
        {
            switch (option)
            {
                case 'a':
                    name = options.Argument;
                    break;
                case 'c':
                    clean = true;
                    break;
                case 'l':
                    login = true;
                    break;
                default:
                    return 2;
            }
        }

        if (options.Index >= arguments.Count)
        {
            shell.KeepRedirections();
            return 0;
        }

        string file = arguments[options.Index];
        arguments.RemoveRange(0, options.Index);
        if (name is not null)
            arguments[0] = name;
        if (login)
            arguments[0] = "-" + arguments[0];
        int status = shell.Exec(file, arguments, clean ? [] : shell.ProgramEnvironment());
        if (status == 0)
            return 0;
        if (!shell.IsInteractive && !shell.HasShopt(Shopt.ExecFail))
            shell.SetStatusAndExit(status);
        return status;
    }

    private static string? FindOnPath(ShellInterpreter shell, string name)
    {
        string search = shell.Variables.Get("PATH") ?? "";
        foreach (Range part in search.AsSpan().Split(':'))
        {
            shell.CheckAttention();
            ReadOnlySpan<char> directory = search.AsSpan(part);
            string candidate = directory.IsEmpty ? name : string.Concat(directory.TrimEnd('/'), "/", name);
            if (shell.Process.Kernel.Files.GetStatus(shell.Process.Paths, candidate, true, out FileStatus status) == Errno.None && status.Type != FileType.Directory)
                return candidate;
        }

        return null;
    }
}
