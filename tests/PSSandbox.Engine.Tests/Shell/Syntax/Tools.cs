using System.Diagnostics;
using System.Text;

namespace PSSandbox.Tests.Shell.Syntax;

/// <summary>Runs shells of the machine, to compare with.</summary>
internal static class Tools
{
    /// <summary>Runs a program with text on its standard input.</summary>
    public static (int Status, string Output, string Error) Run(string name, IEnumerable<string> arguments, string input = "")
    {
        ProcessStartInfo start = new(name)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Encoding.Latin1,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Whether a shell finds nothing wrong with a script.</summary>
    public static bool Accepts(string shell, string script)
    {
        (int status, _, string error) = Run(shell, ["-n", "-c", script]);
        return status == 0 && error.Split('\n').All(line => line.Length == 0 || line.Contains("warning:"));
    }
}
