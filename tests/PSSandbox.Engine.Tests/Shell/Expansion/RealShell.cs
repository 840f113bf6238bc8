using System.Diagnostics;
using System.Text;

namespace PSSandbox.Tests.Shell.Expansion;

/// <summary>A shell of the machine, to compare with.</summary>
internal static class RealShell
{
    /// <summary>Runs each snippet in a subshell of its own and gives what it wrote and its status; null where there is no such shell.</summary>
    public static (string Output, int Status)[]? Run(string shell, string[] snippets, IEnumerable<string>? files = null)
    {
        string directory = Directory.CreateTempSubdirectory("expansion").FullName;
        string arguments = Directory.CreateTempSubdirectory("snippets").FullName;
        try
        {
            foreach (string name in files ?? [])
            {
                if (name.EndsWith('/'))
                    Directory.CreateDirectory(Path.Combine(directory, name));
                else
                    File.WriteAllText(Path.Combine(directory, name), "");
            }

            return Run(shell, snippets, directory, arguments);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
            Directory.Delete(arguments, recursive: true);
        }
    }

    private static (string Output, int Status)[]? Run(string shell, string[] snippets, string directory, string arguments)
    {
        for (int i = 0; i < snippets.Length; i++)
            File.WriteAllBytes(Path.Combine(arguments, $"{i}"), ByteText.ToBytes(snippets[i]));
        // Each snippet is parsed by itself, so that one that is no valid script harms no other.
        string script = $$"""
            p() { for p_ in "$@"; do printf '<%s>' "$p_"; done; echo; }
            n=0
            while [ $n -lt {{snippets.Length}} ]; do
                s_=$(cat {{arguments}}/$n)
                ( unset n_; eval "unset s_; $s_" ) 2>/dev/null </dev/null
                printf '\001%s\002' $?
                n=$((n+1))
            done
            """;
        var start = new ProcessStartInfo(shell) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        start.ArgumentList.Add("shell");
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.StandardOutputEncoding = Encoding.Latin1;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using (process)
        {
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            string[] parts = process.StandardOutput.ReadToEnd().Split('\u0002');
            process.WaitForExit();
            var results = new (string, int)[snippets.Length];
            for (int i = 0; i < results.Length; i++)
            {
                string[] one = parts[i].Split('\u0001');
                results[i] = (one[0], int.Parse(one[1], System.Globalization.CultureInfo.InvariantCulture));
            }

            return results;
        }
    }
}
