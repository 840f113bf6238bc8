namespace PSSandbox.Shell.Syntax;

/// <summary>A reserved word (XCU 2.4), or one of bash.</summary>
internal enum ReservedWord : byte
{
    /// <summary>Not reserved.</summary>
    None,

    /// <summary><c>!</c>.</summary>
    Bang,

    /// <summary><c>{</c>.</summary>
    OpenBrace,

    /// <summary><c>case</c>.</summary>
    Case,

    /// <summary><c>coproc</c>.</summary>
    Coproc,

    /// <summary><c>for</c>.</summary>
    For,

    /// <summary><c>function</c>.</summary>
    Function,

    /// <summary><c>if</c>.</summary>
    If,

    /// <summary><c>select</c>.</summary>
    Select,

    /// <summary><c>time</c>.</summary>
    Time,

    /// <summary><c>until</c>.</summary>
    Until,

    /// <summary><c>while</c>.</summary>
    While,

    /// <summary><c>[[</c>.</summary>
    Conditional,

    /// <summary><c>in</c>: reserved only after <c>for</c> and <c>case</c>.</summary>
    In,

    /// <summary><c>}</c>. From here on: words that no command begins with.</summary>
    CloseBrace,

    /// <summary><c>do</c>.</summary>
    Do,

    /// <summary><c>done</c>.</summary>
    Done,

    /// <summary><c>elif</c>.</summary>
    Elif,

    /// <summary><c>else</c>.</summary>
    Else,

    /// <summary><c>esac</c>.</summary>
    Esac,

    /// <summary><c>fi</c>.</summary>
    Fi,

    /// <summary><c>then</c>.</summary>
    Then,
}
