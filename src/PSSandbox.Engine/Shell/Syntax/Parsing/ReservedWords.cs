namespace PSSandbox.Shell.Syntax;

/// <summary>The texts of the reserved words.</summary>
internal static class ReservedWords
{
    /// <summary>The length of the longest.</summary>
    public const int MaxLength = 8;

    /// <summary>The reserved word that is written so.</summary>
    public static ReservedWord Find(ReadOnlySpan<char> text) => text switch
    {
        "!" => ReservedWord.Bang,
        "{" => ReservedWord.OpenBrace,
        "}" => ReservedWord.CloseBrace,
        "[[" => ReservedWord.Conditional,
        "case" => ReservedWord.Case,
        "coproc" => ReservedWord.Coproc,
        "do" => ReservedWord.Do,
        "done" => ReservedWord.Done,
        "elif" => ReservedWord.Elif,
        "else" => ReservedWord.Else,
        "esac" => ReservedWord.Esac,
        "fi" => ReservedWord.Fi,
        "for" => ReservedWord.For,
        "function" => ReservedWord.Function,
        "if" => ReservedWord.If,
        "in" => ReservedWord.In,
        "select" => ReservedWord.Select,
        "then" => ReservedWord.Then,
        "time" => ReservedWord.Time,
        "until" => ReservedWord.Until,
        "while" => ReservedWord.While,
        _ => ReservedWord.None,
    };

    /// <summary>How a reserved word is written.</summary>
    public static string TextOf(ReservedWord word) => word switch
    {
        ReservedWord.Bang => "!",
        ReservedWord.OpenBrace => "{",
        ReservedWord.CloseBrace => "}",
        ReservedWord.Conditional => "[[",
        ReservedWord.Case => "case",
        ReservedWord.Coproc => "coproc",
        ReservedWord.Do => "do",
        ReservedWord.Done => "done",
        ReservedWord.Elif => "elif",
        ReservedWord.Else => "else",
        ReservedWord.Esac => "esac",
        ReservedWord.Fi => "fi",
        ReservedWord.For => "for",
        ReservedWord.Function => "function",
        ReservedWord.If => "if",
        ReservedWord.In => "in",
        ReservedWord.Select => "select",
        ReservedWord.Then => "then",
        ReservedWord.Time => "time",
        ReservedWord.Until => "until",
        ReservedWord.While => "while",
        _ => "",
    };
}
