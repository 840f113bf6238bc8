using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

/// <summary>Owns tables that are only there to be cloned: nobody evaluates them.</summary>
internal sealed class NobodysVariables : IVariableOwner
{
    /// <summary>The one.</summary>
    public static readonly NobodysVariables Instance = new();

    /// <inheritdoc/>
    public Processes.Process? Process => null;

    /// <inheritdoc/>
    public bool IsUtf8 => false;

    /// <inheritdoc/>
    public long EvaluateArithmetic(string expression) => 0;

    /// <inheritdoc/>
    public void CheckAttention()
    {
    }

    /// <inheritdoc/>
    public void Warn(string message)
    {
    }
}
