namespace PSSandbox.Shell.Interpreter;

/// <summary>For how long an assignment holds.</summary>
internal enum AssignmentTarget
{
    /// <summary>For good.</summary>
    Shell,

    /// <summary>For the command that it stands before.</summary>
    Command,
}
