using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Wasi;

/// <summary>
/// Opens the directories that an ordinary WASI program finds at its start, and tells it its working directory.
/// </summary>
/// <remarks>
/// WASI has no working directory: the C library resolves a path by the preopened directory whose name is its longest
/// beginning, and knows no difference between <c>/etc</c> and <c>etc</c> there. So a program gets <c>/</c>; and when it
/// does not start there, each directory of the root by its name (<c>/etc</c>), and the working directory as <c>.</c>, which
/// takes all that begins with none of these. Go's library knows PWD besides. That leaves what lies in the root itself
/// (<c>/file</c>, and <c>/</c> alone) to be taken for the working directory's. A program that changes to its working
/// directory by itself needs <c>/</c> only, and then errs nowhere: whoever starts it says so by naming the directories to
/// open in the variable PSSANDBOX_PREOPENS, separated by colons. The program does not see the variable.
/// </remarks>
internal static class StartingDirectories
{
    /// <summary>Most directories of the root that are opened: descriptors from 63 down are the shells', for <c>&lt;(command)</c>.</summary>
    private const int MaxDirectories = 40;

    private const string Variable = "PSSANDBOX_PREOPENS=";

    /// <summary>Opens them from descriptor 3 on, without a gap, as the C library looks for them; what was inherited there is closed.</summary>
    public static void Open(WasiProcess state)
    {
        Process process = state.Process;
        string directory = process.Kernel.Files.PathOf(process.WorkingDirectory, process.Root);
        state.Environment = WithWorkingDirectory(state.Environment, directory);
        var names = new List<string>();
        if (TakeNames(state) is { } chosen)
        {
            foreach (string name in chosen)
                Add(process, names, name);
            state.Preopens.Set([.. names]);
            return;
        }

        Add(process, names, "/");
        if (process.WorkingDirectory != process.Root)
        {
            foreach (string name in DirectoriesOfRoot(process))
                Add(process, names, "/" + name);
            Add(process, names, ".");
        }

        state.Preopens.Set([.. names]);
    }

    /// <summary>The directories that the variable names, which is taken out of the environment; null where it is not set.</summary>
    private static string[]? TakeNames(WasiProcess state)
    {
        int index = Array.FindIndex(state.Environment, e => e.StartsWith(Variable, StringComparison.Ordinal));
        if (index < 0)
            return null;
        string[] names = state.Environment[index][Variable.Length..].Split(':', StringSplitOptions.RemoveEmptyEntries);
        state.Environment = [.. state.Environment[..index], .. state.Environment[(index + 1)..]];
        return names;
    }

    private static void Add(Process process, List<string> names, string path)
    {
        Errno error = process.Kernel.Files.Open(process.Paths, path, OpenFlags.ReadOnly | OpenFlags.Directory, 0, out OpenFile? file);
        if (error != Errno.None)
            return;
        if (names.Count <= MaxDirectories && process.Descriptors.Set(Preopens.First + names.Count, file!) == Errno.None)
            names.Add(path);
        else
            file!.Release();
    }

    private static List<string> DirectoriesOfRoot(Process process)
    {
        var names = new List<string>();
        OpenFile? root = process.Descriptors[Preopens.First];
        long cookie = 0;
        while (root is not null && names.Count < MaxDirectories && root.ReadDirectory(ref cookie, out DirectoryEntry? entry) == Errno.None && entry is { } found)
        {
            if (found.Type is FileType.Directory or FileType.SymbolicLink && found.Name is not ("." or ".."))
                names.Add(found.Name);
        }

        return names;
    }

    private static string[] WithWorkingDirectory(string[] environment, string directory)
    {
        string entry = "PWD=" + directory;
        int index = Array.FindIndex(environment, e => e.StartsWith("PWD=", StringComparison.Ordinal));
        if (index >= 0 && environment[index] == entry)
            return environment;
        if (index < 0)
            return [.. environment, entry];
        string[] changed = [.. environment];
        changed[index] = entry;
        return changed;
    }
}
