using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary>What runs a built-in. The arguments begin with its name; the list is the shell's and may be changed.</summary>
/// <returns>The exit status.</returns>
internal delegate int BuiltinFunction(ShellInterpreter shell, List<string> arguments);

/// <summary>A built-in command.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">What it does.</param>
/// <param name="IsSpecial">Whether POSIX lists it as special: found before functions, its errors end a POSIX shell.</param>
internal sealed record Builtin(string Name, BuiltinFunction Run, bool IsSpecial = false);
