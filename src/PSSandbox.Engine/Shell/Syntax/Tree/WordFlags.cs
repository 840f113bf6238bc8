namespace PSSandbox.Shell.Syntax;

/// <summary>What the parser knows about the expansion of a word.</summary>
[Flags]
internal enum WordFlags : byte
{
    /// <summary>Nothing to expand.</summary>
    None = 0,

    /// <summary>There is a parameter, command, arithmetic or process expansion, quoted or not.</summary>
    HasExpansion = 1,

    /// <summary>One of the expansions is not quoted: its result is subject to field splitting and pathname expansion.</summary>
    HasUnquotedExpansion = 2,

    /// <summary>An unquoted literal <c>*</c>, <c>?</c> or <c>[</c>, or an extended pattern: subject to pathname expansion.</summary>
    HasGlob = 4,

    /// <summary>There is a <see cref="TildePart"/>.</summary>
    HasTilde = 8,

    /// <summary>There is a <see cref="BracePart"/>: the word expands to several, see <see cref="BraceExpansion"/>.</summary>
    HasBrace = 16,

    /// <summary>Some part is quoted: an empty result still makes a field.</summary>
    HasQuote = 32,

    /// <summary>An extended pattern such as <c>@(a|b)</c> stands in the literal text.</summary>
    HasExtendedGlob = 64,

    /// <summary><c>$@</c> or <c>${name[@]}</c> or a like one occurs: may give several fields or none also in quotes.</summary>
    HasList = 128,
}
