namespace PSSandbox.Shell.Syntax;

/// <summary>The operator of a <see cref="ParameterPart"/>.</summary>
internal enum ParameterOperator : byte
{
    /// <summary>The value itself.</summary>
    None,

    /// <summary><c>${#v}</c>: the length, or number of elements.</summary>
    Length,

    /// <summary><c>-</c> and <c>:-</c>.</summary>
    Default,

    /// <summary><c>=</c> and <c>:=</c>.</summary>
    Assign,

    /// <summary><c>?</c> and <c>:?</c>.</summary>
    Error,

    /// <summary><c>+</c> and <c>:+</c>.</summary>
    Alternative,

    /// <summary><c>#pattern</c>.</summary>
    RemoveShortestPrefix,

    /// <summary><c>##pattern</c>.</summary>
    RemoveLongestPrefix,

    /// <summary><c>%pattern</c>.</summary>
    RemoveShortestSuffix,

    /// <summary><c>%%pattern</c>.</summary>
    RemoveLongestSuffix,

    /// <summary><c>/pattern/replacement</c>.</summary>
    ReplaceFirst,

    /// <summary><c>//pattern/replacement</c>.</summary>
    ReplaceAll,

    /// <summary><c>/#pattern/replacement</c>: only at the beginning.</summary>
    ReplacePrefix,

    /// <summary><c>/%pattern/replacement</c>: only at the end.</summary>
    ReplaceSuffix,

    /// <summary><c>:offset</c> and <c>:offset:length</c>.</summary>
    Substring,

    /// <summary><c>^pattern</c>: the first character to upper case.</summary>
    UppercaseFirst,

    /// <summary><c>^^pattern</c>.</summary>
    UppercaseAll,

    /// <summary><c>,pattern</c>.</summary>
    LowercaseFirst,

    /// <summary><c>,,pattern</c>.</summary>
    LowercaseAll,

    /// <summary><c>~pattern</c>.</summary>
    ToggleFirst,

    /// <summary><c>~~pattern</c>.</summary>
    ToggleAll,

    /// <summary><c>@letter</c>: see <see cref="ParameterPart.Letter"/>.</summary>
    Transform,

    /// <summary><c>${!prefix*}</c> and <c>${!prefix@}</c>: the names that begin so.</summary>
    NamesWithPrefix,

    /// <summary><c>${!name[@]}</c> and <c>${!name[*]}</c>: the subscripts in use.</summary>
    Keys,

    /// <summary>None that exists: expanding it is an error, see <see cref="ParameterPart.InvalidText"/>.</summary>
    Invalid,
}
