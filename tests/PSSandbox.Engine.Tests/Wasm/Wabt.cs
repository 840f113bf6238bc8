using System.Diagnostics;

namespace PSSandbox.Tests.Wasm;

/// <summary>The tools of wabt, from the machine.</summary>
internal static class Wabt
{
    /// <summary>Skips the test where the tools are not installed.</summary>
    public static void SkipIfAbsent()
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (folder.Length > 0 && File.Exists(Path.Combine(folder, "wast2json")) && File.Exists(Path.Combine(folder, "wat2wasm")))
                return;
        }

        Assert.Skip("needs wabt (wast2json, wat2wasm)");
    }

    /// <summary>Runs a tool and fails the test where the tool fails.</summary>
    public static void Run(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {errors}");
    }

    /// <summary>Assembles a module from its text.</summary>
    public static byte[] Assemble(string text)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pssandbox-wat-");
        try
        {
            string source = Path.Combine(folder.FullName, "module.wat");
            string target = Path.Combine(folder.FullName, "module.wasm");
            File.WriteAllText(source, text);
            Run("wat2wasm", "--debug-names", source, "-o", target);
            return File.ReadAllBytes(target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
