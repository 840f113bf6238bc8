using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Interpreter;

// What expansions and variables need of the shell.
internal sealed partial class ShellInterpreter : IExpansionHost, IVariableOwner
{
    private const int MaxValue = 1 << 29;
    private Expander? _expander;
    private ExpansionOptions _expansionOptions;

    /// <summary>Its expansions.</summary>
    public Expander Expander => _expander ??= new Expander(this);

    /// <inheritdoc/>
    ExpansionOptions IExpansionHost.Options => _expansionOptions;

    /// <inheritdoc/>
    string IExpansionHost.ShellName => Name;

    /// <inheritdoc/>
    int IExpansionHost.ShellProcessId => ShellPid;

    /// <inheritdoc/>
    int IExpansionHost.LastBackgroundProcessId => LastBackgroundPid;

    /// <inheritdoc/>
    string IExpansionHost.OptionLetters => OptionNames.Flags(Options, IsBash);

    /// <inheritdoc/>
    int IExpansionHost.MaxValueLength =>
        Process.Kernel.Memory.Limit is > 0 and < 2L * MaxValue and long limit ? (int)(limit / 2) : MaxValue;

    /// <inheritdoc/>
    Process? IVariableOwner.Process => Process;

    /// <inheritdoc/>
    bool IVariableOwner.IsUtf8 => Expander.IsUtf8;

    /// <inheritdoc/>
    long IVariableOwner.EvaluateArithmetic(string expression) => Expander.Evaluate(expression);

    /// <summary>Writes a warning to standard error.</summary>
    public void Warn(string message) => Error(message);

    /// <inheritdoc/>
    Word IExpansionHost.ParsePromptWord(string text) => ParsePromptWord(text);

    /// <summary>Switches an option of <c>set</c>.</summary>
    public void SetOption(ShellOptions option, bool on)
    {
        Options = on ? Options | option : Options & ~option;
        if (on && option == ShellOptions.Emacs)
            Options &= ~ShellOptions.Vi;
        else if (on && option == ShellOptions.Vi)
            Options &= ~ShellOptions.Emacs;
        UpdateExpansionOptions();
    }

    /// <summary>The function that runs gives the options of <c>set</c> back as they are now when it ends (<c>local -</c>).</summary>
    public void KeepOptions() => _optionsOfCaller ??= Options;

    private void RestoreOptions(ShellOptions options)
    {
        Options = options;
        UpdateExpansionOptions();
    }

    /// <summary>Switches an option of <c>shopt</c>.</summary>
    public void SetShopt(ulong bit, bool on)
    {
        ShoptBits = on ? ShoptBits | bit : ShoptBits & ~bit;
        UpdateExpansionOptions();
    }

    private void InitializeExpansion() => UpdateExpansionOptions();

    private void UpdateExpansionOptions()
    {
        ExpansionOptions options = ExpansionOptions.None;
        if (Has(ShellOptions.NoUnset))
            options |= ExpansionOptions.NoUnset;
        if (Has(ShellOptions.NoGlob))
            options |= ExpansionOptions.NoGlob;
        if (Has(ShellOptions.BraceExpand))
            options |= ExpansionOptions.BraceExpand;
        if (Has(ShellOptions.Posix))
            options |= ExpansionOptions.Posix;
        if (HasShopt(Shopt.NullGlob))
            options |= ExpansionOptions.NullGlob;
        if (HasShopt(Shopt.FailGlob))
            options |= ExpansionOptions.FailGlob;
        if (HasShopt(Shopt.DotGlob))
            options |= ExpansionOptions.DotGlob;
        if (HasShopt(Shopt.ExtGlob))
            options |= ExpansionOptions.ExtGlob;
        if (HasShopt(Shopt.GlobStar))
            options |= ExpansionOptions.GlobStar;
        if (HasShopt(Shopt.NoCaseGlob))
            options |= ExpansionOptions.NoCaseGlob;
        if (HasShopt(Shopt.NoCaseMatch))
            options |= ExpansionOptions.NoCaseMatch;
        if (HasShopt(Shopt.PatSubReplacement))
            options |= ExpansionOptions.PatSubReplacement;
        _expansionOptions = options;
        Variables?.ExportAll = Has(ShellOptions.AllExport);
    }

    private string ExpandText(Word word) => word.Text ?? Expander.ExpandSingle(word);

    private void ExpandFields(Word[] words, List<string> fields) => Expander.ExpandWords(words, fields);

    private void ExpandField(Word word, List<string> fields) => Expander.ExpandWord(word, fields);

    private bool Matches(Word pattern, string subject) => Expander.Matches(subject, pattern);

    private long Evaluate(ArithmeticExpression expression) => Expander.Evaluate(expression);
}
