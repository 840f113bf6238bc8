using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Finds the paths that a pattern matches, in byte order. Works component by component with lists of what matched so
/// far, so the pattern's length takes no stack; directories are read with the process's permissions.
/// </summary>
internal sealed class Glob(IExpansionHost host, PatternOptions options)
{
    private readonly List<(string Literal, Pattern? Pattern)> _components = [];
    private readonly Process _process = host.Process;
    private readonly bool _dots = (host.Options & ExpansionOptions.DotGlob) != 0 || !string.IsNullOrEmpty(host.Variables.Get("GLOBIGNORE"));
    private string _root = "";
    private int _steps;

    /// <summary>Reads a pattern; false if it is none, but a plain path.</summary>
    public bool TryParse(string pattern)
    {
        if (pattern.Length > VirtualFileSystem.MaxPath * 4)
            return false;
        int at = 0;
        while (at < pattern.Length && pattern[at] == '/')
            at++;
        _root = pattern[..at];
        bool any = false;
        while (at < pattern.Length)
        {
            int end = EndOfComponent(pattern, at);
            string component = pattern[at..end];
            Pattern compiled = Pattern.Get(component, options & ~PatternOptions.IgnoreCase);
            if (compiled.ExactText is { } exact)
            {
                bool asPattern = (options & PatternOptions.IgnoreCase) != 0 && exact.Length > 0;
                _components.Add((exact, asPattern ? Pattern.Get(component, options) : null));
            }
            else
            {
                _components.Add((component, Pattern.Get(component, options)));
                any = true;
            }

            at = end;
            int slash = at;
            while (at < pattern.Length && pattern[at] == '/')
                at++;
            if (at == pattern.Length && at > slash)
                _components.Add(("", null));
        }

        return any;
    }

    /// <summary>Adds the paths in order.</summary>
    public void Find(List<string> output)
    {
        List<string> found = [_root];
        for (int i = 0; i < _components.Count && found.Count > 0; i++)
        {
            (string literal, Pattern? pattern) = _components[i];
            bool last = i == _components.Count - 1;
            List<string> next = [];
            if (pattern is null)
            {
                foreach (string prefix in found)
                    AddLiteral(prefix, literal, last, next);
            }
            else if (literal == "**" && (host.Options & ExpansionOptions.GlobStar) != 0)
            {
                // Of a ** before, what was found need not be there, and is given as it is without a slash.
                bool again = _components.FindIndex(static c => c.Literal == "**") < i;
                if (again)
                    found.RemoveAll(p => p.Length > 0 && !IsDirectory(p));
                AddTrees(found, last, i == _components.Count - 2 && _components[^1].Literal.Length == 0, next);
                if (again && last)
                    next = next.ConvertAll(static p => p.TrimEnd('/'));
            }
            else
            {
                foreach (string prefix in found)
                    AddMatches(prefix, pattern, last, next);
            }

            found = next;
        }

        Filter(found);
        LargeSort.Sort(found, host);
        for (int i = 0; i < found.Count; i++)
        {
            if (i == 0 || found[i] != found[i - 1])
                output.Add(found[i]);
        }
    }

    private static int EndOfComponent(string pattern, int at)
    {
        for (; at < pattern.Length && pattern[at] != '/'; at++)
        {
            // An escaped slash separates all the same.
            if (pattern[at] == '\\' && at + 1 < pattern.Length && pattern[at + 1] != '/')
                at++;
        }

        return at;
    }

    private void AddLiteral(string prefix, string name, bool last, List<string> next)
    {
        string path = prefix + name;
        Check();
        if (!last)
        {
            next.Add(path + "/");
            return;
        }

        Errno error = name.Length == 0
            ? _process.Kernel.Files.Resolve(_process.Paths, prefix, followLast: true, out Node? node) is var e && e == Errno.None && node is { IsDirectory: false } ? Errno.ENOTDIR : e
            : _process.Kernel.Files.Resolve(_process.Paths, path, followLast: false, out _);
        if (error == Errno.None)
            next.Add(path);
    }

    private void AddMatches(string prefix, Pattern pattern, bool last, List<string> next)
    {
        bool dots = _dots || BeginsWithDot(pattern.Elements);
        foreach (DirectoryEntry entry in Read(prefix))
        {
            if (entry.Name[0] == '.' && !dots)
                continue;
            if (!pattern.IsMatch(entry.Name, host))
                continue;
            if (last)
                next.Add(prefix + entry.Name);
            else if (entry.Type is FileType.Directory || (entry.Type is FileType.SymbolicLink && IsDirectory(prefix + entry.Name)))
                next.Add(prefix + entry.Name + "/");
        }
    }

    // ** stands for no directory or any number of them below, links not followed; at the end for files too, and as **/ for
    // links to directories.
    private void AddTrees(List<string> prefixes, bool last, bool endsInSlash, List<string> next)
    {
        Stack<string> open = new(prefixes);
        if (!last)
            next.AddRange(prefixes);
        else
            next.AddRange(prefixes.FindAll(static p => p.Length > 0 && p != "/"));
        while (open.TryPop(out string? prefix))
        {
            if (prefix.Length > VirtualFileSystem.MaxPath)
                continue;
            foreach (DirectoryEntry entry in Read(prefix))
            {
                if (entry.Name[0] == '.' && !_dots)
                    continue;
                string path = prefix + entry.Name;
                if (entry.Type == FileType.Directory)
                    open.Push(path + "/");
                if (last)
                    next.Add(path);
                else if (entry.Type == FileType.Directory || (entry.Type == FileType.SymbolicLink && endsInSlash && IsDirectory(path)))
                    next.Add(path + "/");
            }
        }
    }

    private List<DirectoryEntry> Read(string prefix)
    {
        Check();
        List<DirectoryEntry> entries = [];
        if (_process.Kernel.Files.Open(_process.Paths, prefix.Length == 0 ? "." : prefix, OpenFlags.ReadOnly | OpenFlags.Directory, 0, out OpenFile? directory) != Errno.None || directory is null)
            return entries;
        try
        {
            long cookie = 0;
            while (directory.ReadDirectory(ref cookie, out DirectoryEntry? entry) == Errno.None && entry is { } found)
            {
                Check();
                if (found.Name is not ("." or ".."))
                    entries.Add(found);
            }
        }
        finally
        {
            directory.Release();
        }

        return entries;
    }

    private bool IsDirectory(string path) =>
        _process.Kernel.Files.Resolve(_process.Paths, path, followLast: true, out Node? node) == Errno.None && node is { IsDirectory: true };

    // GLOBIGNORE: patterns, separated by colons, of paths that are left out.
    private void Filter(List<string> found)
    {
        if (host.Variables.Get("GLOBIGNORE") is not { Length: > 0 } ignored)
            return;
        foreach (Range part in ignored.AsSpan().Split(':'))
        {
            PatternMatcher.CheckAttention(host);
            Pattern pattern = Pattern.Get(ignored[part], options, host);
            found.RemoveAll(path => pattern.IsMatch(path, host));
        }
    }

    private void Check()
    {
        if ((++_steps & 0x3f) == 0)
            PatternMatcher.CheckAttention(host);
        if (_steps % 4096 == 0 && !_process.TryChargeMemory(128L * _steps))
            throw new ShellMemoryException();
        if (_steps % 4096 == 0)
            _process.ReleaseMemory(128L * _steps);
    }

    private static bool BeginsWithDot(ReadOnlySpan<PatternElement> elements)
    {
        if (elements.IsEmpty)
            return false;
        PatternElement first = elements[0];
        if (first.Kind == PatternElementKind.Literal)
            return first.Text[0] == '.';
        return first.Kind == PatternElementKind.Group && first.Operator != '!' && Array.Exists(first.Alternatives!, static a => BeginsWithDot(a));
    }
}
