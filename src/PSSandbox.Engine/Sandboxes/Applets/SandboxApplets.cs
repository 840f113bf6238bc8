using PSSandbox.Userland;

namespace PSSandbox.Sandboxes.Applets;

/// <summary>The applets that other programs start most, and that do little: to make an instance of BusyBox takes longer than what they do.</summary>
internal static class SandboxApplets
{
    /// <summary>Adds them.</summary>
    public static NativeCommandTable AddApplets(this NativeCommandTable commands) => commands
        .Add(new NativeApplet("[", TestApplet.Run))
        .Add(new NativeApplet("basename", NameApplets.BaseName))
        .Add(new NativeApplet("cat", CatApplet.Run))
        .Add(new NativeApplet("dirname", NameApplets.DirectoryName))
        .Add(new NativeApplet("echo", EchoApplet.Run))
        .Add(new NativeApplet("false", static process => IsHelp(process.Arguments) ? null : 1))
        .Add(new NativeApplet("printf", PrintfApplet.Run))
        .Add(new NativeApplet("pwd", NameApplets.WorkingDirectory))
        .Add(new NativeApplet("test", TestApplet.Run))
        .Add(new NativeApplet("true", static process => IsHelp(process.Arguments) ? null : 0));

    /// <summary>Whether an applet is asked for its usage.</summary>
    public static bool IsHelp(string[] arguments) => arguments.Length == 2 && arguments[1] == "--help";
}
