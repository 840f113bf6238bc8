using PSSandbox.Processes;

namespace PSSandbox.Shell.Variables;

/// <summary>The shell that a <see cref="VariableTable"/> belongs to.</summary>
internal interface IVariableOwner
{
    /// <summary>The process that pays for the values' memory; null where nothing is counted.</summary>
    Process? Process { get; }

    /// <summary>Evaluates an arithmetic expression: subscripts and integer variables.</summary>
    long EvaluateArithmetic(string expression);

    /// <summary>Whether characters are UTF-8 sequences, for case conversion.</summary>
    bool IsUtf8 { get; }

    /// <summary>Ends the process if it was killed, by exception: called within what may take long.</summary>
    void CheckAttention();

    /// <summary>Writes a warning to standard error, prefixed as the shell's messages are.</summary>
    void Warn(string message);
}
