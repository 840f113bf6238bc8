namespace PSSandbox.Shell.Interactive;

/// <summary>What may stand at the cursor instead of the word's beginning.</summary>
/// <param name="Length">How many bytes before the cursor the candidates replace.</param>
/// <param name="Candidates">The candidates, sorted, each once.</param>
/// <param name="Quote">The quote that is open at the cursor; NUL for none.</param>
internal sealed record Completion(int Length, IReadOnlyList<CompletionCandidate> Candidates, char Quote = '\0')
{
    private const string Special = " \t\n\\'\"`$&|;()<>*?[]{}!#~=";

    /// <summary>The longest text that all candidates begin with.</summary>
    public string Common()
    {
        string common = Candidates.Count == 0 ? "" : Candidates[0].Text;
        foreach (CompletionCandidate candidate in Candidates)
        {
            int length = 0;
            while (length < common.Length && length < candidate.Text.Length && common[length] == candidate.Text[length])
                length++;
            common = common[..length];
        }

        // Not in the middle of a character.
        int end = common.Length;
        while (end > 0 && Candidates.Any(c => c.Text.Length > end && (c.Text[end] & 0xc0) == 0x80))
            end--;
        return common[..end];
    }

    /// <summary>Quotes a text so that the shell takes it as it is.</summary>
    public string Escape(string text)
    {
        if (Quote == '\'')
            return text.Replace("'", "'\\''", StringComparison.Ordinal);
        var escaped = new System.Text.StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            if (Quote == '"' ? c is '"' or '\\' or '$' or '`' : Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>What the only candidate is replaced by: quoted, with what follows it.</summary>
    public string Only()
    {
        CompletionCandidate only = Candidates[0];
        string text = only.IsRaw ? only.Text : Escape(only.Text);
        return only.IsDirectory ? text + "/" : Quote != '\0' && !only.IsRaw ? text + Quote + " " : text + only.After;
    }
}
