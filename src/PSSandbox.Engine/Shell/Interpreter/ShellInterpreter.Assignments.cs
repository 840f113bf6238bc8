using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

// Assignments that are traced, for one command only, or made by built-ins.
internal sealed partial class ShellInterpreter
{
    /// <summary>Assigns to <c>name</c> or <c>name[subscript]</c>, as built-ins are given them.</summary>
    public void AssignNamed(string name, string value)
    {
        int bracket = name.EndsWith(']') ? name.IndexOf('[') : -1;
        if (bracket < 0)
        {
            Variables.Assign(name, value);
            return;
        }

        string subscript = name[(bracket + 1)..^1];
        if (subscript.Length > 1 && subscript[0] is '"' or '\'' && subscript[^1] == subscript[0])
            subscript = subscript[1..^1];
        Variables.AssignElement(name[..bracket], subscript, value);
    }

    /// <summary>Assigns the elements of <c>name=(…)</c> or <c>name+=(…)</c>.</summary>
    public void AssignElements(Assignment assignment) => Expander.Assign(assignment);

    private void Assign(Assignment assignment, AssignmentTarget target)
    {
        bool traces = (Options & ShellOptions.XTrace) != 0;
        if (assignment.Elements is not null || assignment.Subscript is not null)
        {
            if (target == AssignmentTarget.Command)
                Expander.AssignTemporary(assignment);
            else
                Expander.Assign(assignment);
            if (traces)
                Trace(SourceText(assignment));
            return;
        }

        string value = ExpandText(assignment.Value);
        if (traces && (IsBash || target == AssignmentTarget.Shell))
            Trace(LargeText.Concat(assignment.Name + (assignment.IsAppend ? "+=" : "="), value.Length == 0 ? "" : Quoting.IfNeeded(value, this), this));
        if (target == AssignmentTarget.Command)
            Variables.AssignTemporary(assignment.Name, value, assignment.IsAppend);
        else
            Variables.Assign(assignment.Name, value, assignment.IsAppend);
    }
}
