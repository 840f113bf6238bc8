using PSSandbox.Processes;

namespace PSSandbox.Sandboxes;

/// <summary>Signals by name and number, for hosts.</summary>
public static class SandboxSignals
{
    /// <summary>The names that have one, without SIG, by ascending number.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enumerable.Range(1, Signals.Count - 1).Select(n => Signals.Name((Signal)n)).Where(name => !char.IsAsciiDigit(name[0]))];

    /// <summary>The name of a signal without SIG, or its number where it has no name.</summary>
    public static string NameOf(int signal) => Signals.Name((Signal)signal);

    /// <summary>Reads <c>TERM</c>, <c>SIGTERM</c>, <c>term</c> or <c>15</c>.</summary>
    /// <exception cref="SandboxException">InvalidOption.</exception>
    public static int Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Signals.TryParse(text, out Signal signal) || signal == Signal.None)
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{text}' is not a signal: use a name such as TERM, or a number from 1 to {Signals.Count - 1}.");
        return (int)signal;
    }
}
