using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PSSandbox.Cmdlets.Tests;

/// <summary>A runspace with the module, as it is staged.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>How long what ends at once may take on a loaded machine.</summary>
    public static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private readonly Runspace _runspace;

    public Session()
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        Run($"Import-Module '{Module}'");
    }

    public static string Module { get; } = FindModule();

    public void Dispose()
    {
        Run("Remove-Module PSSandbox");
        _runspace.Dispose();
    }

    /// <summary>A pipeline that has not begun.</summary>
    public PowerShell Script(string script)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        return shell.AddScript(script);
    }

    /// <summary>Runs a script that must not write errors.</summary>
    public PSObject[] Run(string script)
    {
        using PowerShell shell = Script(script);
        PSObject[] output = [.. shell.Invoke()];
        Assert.Empty(shell.Streams.Error);
        return output;
    }

    public object? Variable(string name) =>
        _runspace.SessionStateProxy.GetVariable(name) is PSObject wrapped ? wrapped.BaseObject : _runspace.SessionStateProxy.GetVariable(name);

    private static string FindModule()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PSSandbox.slnx")))
            folder = Path.GetDirectoryName(folder);
        return Environment.GetEnvironmentVariable("PSSANDBOX_MODULE")
            ?? Path.Combine(folder ?? throw new InvalidOperationException("The tests run in a build folder of the repository."), "out", "module", "PSSandbox");
    }
}
