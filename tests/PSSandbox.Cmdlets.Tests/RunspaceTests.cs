using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace PSSandbox.Cmdlets.Tests;

/// <summary>The module in several runspaces of one process.</summary>
public sealed class RunspaceTests
{
    [Fact]
    public void Two_runspaces_see_the_same_sandboxes_and_end_only_their_own()
    {
        using var one = new Session();
        using var two = new Session();
        one.Run("$null = New-Sandbox mine");
        two.Run("$null = New-Sandbox yours; Set-Content Sandbox:/mine/root/f 'from the other'");
        Assert.Equal("from the other", one.Run("Get-Content Sandbox:/mine/root/f").Single().BaseObject);
        two.Run("Remove-Module PSSandbox");
        Assert.Equal("mine", one.Run("(Get-Sandbox).Name").Single().BaseObject);
        two.Run($"Import-Module '{Session.Module}'");
    }

    [Fact]
    public async Task Many_run_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            using var session = new Session();
            for (int i = 0; i < 5; i++)
            {
                string sum = (string)session.Run($"$null = New-Sandbox box-{n}-{i}; 1..100 | Invoke-SandboxShell 'awk \"{{ s += \\$1 }} END {{ print s * {n} }}\"' -Sandbox box-{n}-{i} -OutputAs Line; Remove-Sandbox box-{n}-{i}").Single().BaseObject;
                Assert.Equal($"{5050 * n}", sum);
            }
        })));
    }

    [Fact]
    public void The_engine_is_in_a_context_of_the_modules_own()
    {
        using var session = new Session();
        object runtime = session.Run("Get-SandboxRuntime").Single().BaseObject;
        Assembly engine = runtime.GetType().Assembly;
        Assert.Equal("PSSandbox.Engine", engine.GetName().Name);
        Assert.Equal("PSSandbox", AssemblyLoadContext.GetLoadContext(engine)!.Name);
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, a => a.GetName().Name == "PSSandbox.Engine");

        // Another module's copy of the same name is another assembly, and the module goes on with its own.
        var other = new AssemblyLoadContext("another module");
        Assembly copy = other.LoadFromAssemblyPath(engine.Location);
        Assert.NotSame(engine, copy);
        Assert.Same(engine, session.Run("New-Sandbox").Single().BaseObject.GetType().Assembly);
    }

    [Fact]
    public void What_a_runspace_leaves_behind_is_ended_by_the_next_that_removes_the_module()
    {
        using var session = new Session();
        using (PowerShell gone = PowerShell.Create())
        {
            gone.AddScript($"Import-Module '{Session.Module}'; $null = New-Sandbox left").Invoke();
            gone.Runspace.Close();
        }

        Assert.Contains("left", session.Run("Get-Sandbox | ForEach-Object Name").Select(name => (string)name.BaseObject));
        session.Run($"Remove-Module PSSandbox; Import-Module '{Session.Module}'");
        Assert.DoesNotContain("left", session.Run("Get-Sandbox | ForEach-Object Name").Select(name => (string)name.BaseObject));
    }
}
