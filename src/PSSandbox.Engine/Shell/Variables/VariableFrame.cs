namespace PSSandbox.Shell.Variables;

/// <summary>What a function's locals, or assignments before a command, have put aside; restored when it ends.</summary>
internal sealed class VariableFrame(VariableFrame? below, bool temporary, int depth, object era)
{
    /// <summary>The frame of the caller.</summary>
    public VariableFrame? Below { get; internal set; } = below;

    /// <summary>Whether it holds the assignments before a command, not a function's locals.</summary>
    public bool IsTemporary { get; } = temporary;

    /// <summary>Number of functions that are active, this one included.</summary>
    public int Depth { get; } = depth;

    /// <summary>Since when the frame is one table's alone; a table that began another era since makes a copy to change.</summary>
    public object Era { get; } = era;

    /// <summary>Names and what they meant before; null where there was no such variable.</summary>
    public List<KeyValuePair<string, Variable?>>? Saved { get; internal set; }

    /// <summary>The place of a name in <see cref="Saved"/>; -1 if it isn't there.</summary>
    public int IndexOf(string name)
    {
        for (int i = Saved is null ? -1 : Saved.Count - 1; i >= 0; i--)
        {
            if (Saved![i].Key == name)
                return i;
        }

        return -1;
    }

    /// <summary>A copy of this frame that may be changed, on top of the same others.</summary>
    public VariableFrame Copy(object era) => new(Below, IsTemporary, Depth, era) { Saved = Saved is null ? null : [.. Saved] };
}
