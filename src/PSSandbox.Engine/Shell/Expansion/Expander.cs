using PSSandbox.Shell.Syntax;
using PSSandbox.Shell.Variables;

namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Word expansions (POSIX.1-2024 XCU 2.6, bash manual 3.5) of one shell: brace, tilde, parameter, command, arithmetic and
/// process expansion, field splitting, pathname expansion, quote removal. May be entered again from within, by a command
/// substitution that runs in the same shell.
/// </summary>
/// <remarks>
/// Errors are <see cref="ShellExpansionException"/>, of assignments <see cref="ShellAssignmentException"/>; at the memory
/// limit <see cref="ShellMemoryException"/>.
/// </remarks>
internal sealed partial class Expander
{
    private readonly IExpansionHost _host;
    private readonly List<FieldBuilder> _builders = [];
    private int _inUse;
    private bool _separatesUtf8;
    private int _special = -1;

    /// <summary>Makes the expander of a shell.</summary>
    public Expander(IExpansionHost host)
    {
        _host = host;
        Arithmetic = new ArithmeticEvaluator(this, host);
    }

    /// <summary>Arithmetic of this shell.</summary>
    public ArithmeticEvaluator Arithmetic { get; }

    /// <summary>How IFS splits now.</summary>
    public FieldSeparators Separators
    {
        get
        {
            if (_special != Variables.SpecialVersion)
                Refresh();
            return field;
        }
        private set;
    } = FieldSeparators.Default;

    /// <summary>Whether characters are UTF-8 sequences, by LC_ALL, LC_CTYPE and LANG.</summary>
    public bool IsUtf8
    {
        get
        {
            if (_special != Variables.SpecialVersion)
                Refresh();
            return field;
        }
        private set;
    }

    private VariableTable Variables => _host.Variables;

    /// <summary>Expands a command's words to its fields, which are added to a list.</summary>
    public void ExpandWords(ReadOnlySpan<Word> words, List<string> output)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if ((i & 0xff) == 0xff)
                PatternMatcher.CheckAttention(_host);
            Word word = words[i];
            if (word.Literal is { } literal)
                output.Add(literal);
            else
                ExpandWord(word, output);
        }
    }

    /// <summary>Expands one word to no, one or several fields, which are added to a list.</summary>
    public void ExpandWord(Word word, List<string> output)
    {
        if (word.Literal is { } literal)
        {
            output.Add(literal);
            return;
        }

        if ((word.Flags & WordFlags.HasBrace) != 0)
        {
            ExpandBraces(word, output);
            return;
        }

        if (word.Parts.Length == 1 && TryExpandSimple(word.Parts[0], output))
            return;
        FieldBuilder builder = Rent(FieldMode.Fields, output);
        try
        {
            AppendParts(builder, word.Parts);
            builder.EndWord();
        }
        finally
        {
            Return();
        }
    }

    /// <summary>
    /// Expands a word to one string without splitting and pathname expansion: values of assignments, subjects of <c>case</c>,
    /// operands of <c>[[</c>, here-strings, here-documents.
    /// </summary>
    public string ExpandSingle(Word word)
    {
        if (word.Text is { } text)
            return text;
        if (word.Parts.Length == 1 && GetSimple(word.Parts[0]) is { } simple)
            return simple;
        return Build(word, FieldMode.Single);
    }

    /// <summary>
    /// Expands a word to a pattern's text, in which what was quoted is preceded by backslashes (<c>case</c>, <c>[[ == ]]</c>).
    /// </summary>
    public string ExpandPatternText(Word word) =>
        word.Text is { } text && (word.Flags & WordFlags.HasQuote) == 0 ? text : Build(word, FieldMode.Pattern);

    /// <summary>Expands a word to a compiled pattern; one without expansions is compiled once.</summary>
    public Pattern ExpandPattern(Word word, bool extended = false) =>
        Compile(word, OptionsFor(extended || (word.Flags & WordFlags.HasExtendedGlob) != 0));

    private Pattern Compile(Word word, PatternOptions options)
    {
        if (word.Cache is Pattern cached && cached.Options == options)
            return cached;
        Pattern pattern = Pattern.Get(ExpandPatternText(word), options, _host);
        if ((word.Flags & (WordFlags.HasExpansion | WordFlags.HasTilde)) == 0)
            word.Cache = pattern;
        return pattern;
    }

    /// <summary>Whether a string matches the pattern that a word expands to.</summary>
    /// <param name="subject">The string.</param>
    /// <param name="pattern">The word.</param>
    /// <param name="conditional">In <c>[[ == ]]</c>, where patterns are always extended, rather than in <c>case</c>.</param>
    public bool Matches(string subject, Word pattern, bool conditional = false) => ExpandPattern(pattern, conditional).IsMatch(subject, _host);

    /// <summary>
    /// Expands the right side of <c>[[ =~ ]]</c> to an extended regular expression, in which what was quoted stands for itself.
    /// </summary>
    public string ExpandRegexText(Word word) =>
        word.Text is { } text && (word.Flags & WordFlags.HasQuote) == 0 ? text : Build(word, FieldMode.Regex);

    /// <summary>
    /// <c>[[ subject =~ regex ]]</c>: matches and sets BASH_REMATCH. Throws an exception of status 2 for an invalid expression.
    /// </summary>
    public bool MatchesRegex(string subject, Word regex)
    {
        RegexOptions options = (_host.Options & ExpansionOptions.NoCaseMatch) != 0 ? RegexOptions.IgnoreCase : RegexOptions.None;
        if (IsUtf8)
            options |= RegexOptions.Utf8;
        Regex compiled = Regex.Get(ExpandRegexText(regex), options, _host);
        RegexMatch? match = compiled.Match(subject, 0, _host);
        IndexedArray groups = new();
        for (int i = 0; match is not null && i <= compiled.GroupCount; i++)
            groups.Set(i, match.GetText(subject, i) ?? "");
        Variables.AssignArray("BASH_REMATCH", groups);
        return match is not null;
    }

    /// <summary>
    /// Expands the target of a redirection, which must give one field. In POSIX mode of a non-interactive shell, and for
    /// descriptors, no pathname expansion is made.
    /// </summary>
    public string ExpandRedirectionTarget(Word word)
    {
        if (word.Literal is { } literal)
            return literal;
        if ((_host.Options & ExpansionOptions.Posix) != 0)
            return ExpandSingle(word);
        List<string> fields = [];
        ExpandWord(word, fields);
        return fields.Count == 1 ? fields[0] : throw new ShellExpansionException($"{SyntaxText(word)}: ambiguous redirect");
    }

    /// <summary>Evaluates an arithmetic expression of a script.</summary>
    public long Evaluate(ArithmeticExpression expression) => Arithmetic.Evaluate(expression);

    /// <summary>Evaluates the text of an arithmetic expression, as <c>let</c>, subscripts and integer variables do.</summary>
    public long Evaluate(string expression) => Arithmetic.Evaluate(expression);

    /// <summary>Expands the text of a prompt or of PS4: escapes first, then as inside double quotes.</summary>
    public string ExpandPrompt(string text) => ExpandSingle(_host.ParsePromptWord(PromptEscapes.Decode(text, _host)));

    /// <summary>Options of patterns as they are now.</summary>
    /// <param name="extended">Whether patterns are extended without <c>extglob</c> too: in <c>[[</c>, and where the parser has taken one for one.</param>
    internal PatternOptions OptionsFor(bool extended)
    {
        ExpansionOptions options = _host.Options;
        PatternOptions result = extended || (options & ExpansionOptions.ExtGlob) != 0 ? PatternOptions.Extended : PatternOptions.None;
        if ((options & ExpansionOptions.NoCaseMatch) != 0)
            result |= PatternOptions.IgnoreCase;
        if (IsUtf8)
            result |= PatternOptions.Utf8;
        return result;
    }

    private string Build(Word word, FieldMode mode)
    {
        FieldBuilder builder = Rent(mode, null);
        try
        {
            AppendParts(builder, word.Parts);
            return builder.ToText();
        }
        finally
        {
            Return();
        }
    }

    private FieldBuilder Rent(FieldMode mode, List<string>? output)
    {
        if (_inUse == _builders.Count)
            _builders.Add(new FieldBuilder(this, _host));
        FieldBuilder builder = _builders[_inUse++];
        builder.Begin(mode, output, Separators);
        return builder;
    }

    private void Return() => _builders[--_inUse].Clear();

    private void Refresh()
    {
        _special = Variables.SpecialVersion;
        string? locale = Variables.Get("LC_ALL");
        if (string.IsNullOrEmpty(locale))
            locale = Variables.Get("LC_CTYPE");
        if (string.IsNullOrEmpty(locale))
            locale = Variables.Get("LANG");
        IsUtf8 = locale is not null && (locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase));
        string? ifs = Variables.Get("IFS");
        bool utf8 = IsUtf8 && (_host.Options & ExpansionOptions.Posix) == 0;
        if (ifs != Separators.Text || utf8 != _separatesUtf8)
            Separators = FieldSeparators.For(ifs, utf8);
        _separatesUtf8 = utf8;
    }

    private void ExpandBraces(Word word, List<string> output)
    {
        if ((_host.Options & ExpansionOptions.BraceExpand) == 0)
        {
            ExpandWord(BraceExpansion.WithoutExpansion(word), output);
            return;
        }

        // Refused before it is made.
        CheckFieldCount(output.Count + BraceExpansion.Count(word));
        int count = 0;
        foreach (Word expanded in BraceExpansion.Expand(word))
        {
            if (++count % 1024 == 0)
            {
                if (_host.Process.Attention)
                    _host.CheckAttention();
                CheckFieldCount(output.Count);
            }

            if (expanded.Parts.Length > 0)
                ExpandWord(expanded, output);
        }
    }

    // A list of fields takes memory too, though each is short.
    internal void CheckFieldCount(long count)
    {
        const int fieldSize = 64;
        if (count <= 1024)
            return;
        PatternMatcher.CheckAttention(_host);
        CheckMemory(count * fieldSize);
    }

    private static string SyntaxText(Word word)
    {
        // The word as the user sees it in a message: the name of a plain parameter, or its literal text.
        if (word.Parts is [ParameterPart { Operator: ParameterOperator.None, Subscript: null } parameter])
            return "$" + parameter.Name;
        return word.Text ?? "word";
    }
}
