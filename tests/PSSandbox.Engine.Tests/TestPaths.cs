namespace PSSandbox.Tests;

/// <summary>Where the tests find what is beside them.</summary>
internal static class TestPaths
{
    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder with test data that is not part of the repository; null where it is absent.</summary>
    public static string? Shared
    {
        get
        {
            string path = Environment.GetEnvironmentVariable("PSSANDBOX_SHARED") ?? Path.Combine(Repository, "..", "shared");
            return Directory.Exists(path) ? Path.GetFullPath(path) : null;
        }
    }

    /// <summary>The console program, built before the tests; where it is not, the test is skipped.</summary>
    public static string ConsoleProgram
    {
        get
        {
            string folder = Path.Combine(Repository, "out", "obj", "bin", "PSSandbox.Host");
            string name = OperatingSystem.IsWindows() ? "pssandbox.exe" : "pssandbox";
            string? program = !Directory.Exists(folder) ? null
                : Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories).OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
            if (program is null)
                Assert.Skip("needs the console program, built before the tests");
            return program;
        }
    }

    /// <summary>Whether a program is on this machine's PATH.</summary>
    public static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, program)));

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PSSandbox.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run in a build folder of the repository.");
    }
}
