using System.Buffers;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Expansion;

// What each part of a word adds to it.
internal sealed partial class Expander
{
    // The commonest words, "$name" and $name and $(( )), without a builder. False: do it the long way.
    private bool TryExpandSimple(WordPart part, List<string> output)
    {
        switch (part.Kind)
        {
            case WordPartKind.DoubleQuoted:
                if (((DoubleQuotedPart)part).Parts is not [var inner] || GetSimple(inner) is not { } quoted)
                    return false;
                output.Add(quoted);
                return true;
            case WordPartKind.Parameter:
                if (GetSimple(part) is not { } value)
                    return false;
                if (value.Length == 0)
                    return true;
                if (LargeText.IndexOfAny(value, Separators.Busy, _host) >= 0)
                    return false;
                output.Add(value);
                return true;
            case WordPartKind.Arithmetic:
                if (Separators.SplitsNumbers)
                    return false;
                output.Add(IntegerText.Format(Evaluate(((ArithmeticPart)part).Expression)));
                return true;
            default:
                return false;
        }
    }

    // The string a part stands for where that is certain and simple; null where it needs care (a list, unset, an operator).
    private string? GetSimple(WordPart part)
    {
        switch (part.Kind)
        {
            case WordPartKind.Parameter:
                var parameter = (ParameterPart)part;
                if (parameter.Operator != ParameterOperator.None || parameter.Subscript is not null || parameter.IsIndirect)
                    return null;
                return parameter.Class switch
                {
                    ParameterClass.Variable => Variables.Get(parameter.Name),
                    ParameterClass.Positional => GetPositional(parameter.Number),
                    _ => parameter.Name[0] is '@' or '*' ? null : GetSpecial(parameter.Name[0]),
                };
            case WordPartKind.Arithmetic:
                return IntegerText.Format(Evaluate(((ArithmeticPart)part).Expression));
            case WordPartKind.CommandSubstitution:
                return Substitute((CommandSubstitutionPart)part);
            case WordPartKind.DoubleQuoted:
                return ((DoubleQuotedPart)part).Parts is [var inner] ? GetSimple(inner) : null;
            default:
                return null;
        }
    }

    private void AppendParts(FieldBuilder builder, ReadOnlySpan<WordPart> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if ((i & 0xff) == 0xff)
                PatternMatcher.CheckAttention(_host);
            WordPart part = parts[i];
            switch (part.Kind)
            {
                case WordPartKind.Literal:
                    builder.AppendLiteral(((LiteralPart)part).Text, part.Flags);
                    break;
                case WordPartKind.Quoted:
                    builder.AppendQuoted(((QuotedPart)part).Text);
                    break;
                case WordPartKind.DoubleQuoted:
                    AppendDoubleQuoted(builder, ((DoubleQuotedPart)part).Parts);
                    break;
                case WordPartKind.Tilde:
                    AppendTilde(builder, (TildePart)part);
                    break;
                default:
                    AppendExpansion(builder, part, quoted: false);
                    break;
            }
        }
    }

    private void AppendDoubleQuoted(FieldBuilder builder, ReadOnlySpan<WordPart> parts)
    {
        if (parts.Length == 0)
            builder.SetPresent();
        FieldMark mark = builder.GetMark();
        bool list = false;
        for (int i = 0; i < parts.Length; i++)
        {
            if ((i & 0xff) == 0xff)
                PatternMatcher.CheckAttention(_host);
            WordPart part = parts[i];
            if (part.LiteralText is { } text)
            {
                builder.AppendQuoted(text);
            }
            else if (part is DoubleQuotedPart nested)
            {
                AppendDoubleQuoted(builder, nested.Parts);
            }
            else
            {
                // A list without elements makes no field, not even in quotes.
                if ((part.Flags & WordFlags.HasList) == 0)
                    builder.SetPresent();
                else
                    list = true;
                AppendExpansion(builder, part, quoted: true);
            }
        }

        // "$empty$@" makes none either where $@ has none, as in bash; POSIX leaves that open.
        if (list)
            builder.ForgetIfNothingSince(mark);
    }

    private void AppendExpansion(FieldBuilder builder, WordPart part, bool quoted)
    {
        switch (part.Kind)
        {
            case WordPartKind.Parameter:
                AppendParameter(builder, (ParameterPart)part, quoted);
                break;
            case WordPartKind.CommandSubstitution:
                AppendValue(builder, Substitute((CommandSubstitutionPart)part), quoted);
                break;
            case WordPartKind.Arithmetic:
                AppendValue(builder, IntegerText.Format(Evaluate(((ArithmeticPart)part).Expression)), quoted);
                break;
            case WordPartKind.ProcessSubstitution:
                builder.AppendQuoted(_host.Substitute((ProcessSubstitutionPart)part));
                break;
            case WordPartKind.Brace:
                foreach (Word word in BraceExpansion.Expand(new Word(part.Position, [part])))
                    AppendParts(builder, word.Parts);
                break;
        }
    }

    private static void AppendValue(FieldBuilder builder, string value, bool quoted)
    {
        if (quoted)
            builder.AppendQuoted(value);
        else
            builder.AppendResult(value);
    }

    // The word after an operator: what it holds unquoted is split like the result that it becomes.
    private void AppendArgument(FieldBuilder builder, Word argument)
    {
        foreach (WordPart part in argument.Parts)
        {
            if (part.Kind == WordPartKind.Literal)
                builder.AppendResult(((LiteralPart)part).Text);
            else
                AppendParts(builder, new ReadOnlySpan<WordPart>(in part));
        }
    }

    private string Substitute(CommandSubstitutionPart part)
    {
        string output = _host.Substitute(part);
        int length = output.Length;
        while (length > 0 && output[length - 1] == '\n')
            length--;
        if (length < output.Length)
            output = LargeText.Copy(output.AsSpan(0, length), _host);
        return LargeText.WithoutNulls(output, _host);
    }

    private void AppendTilde(FieldBuilder builder, TildePart part)
    {
        string? directory = TildeExpansion.Find(part.User, _host);
        if (directory is null)
            builder.AppendLiteral("~" + part.User, WordFlags.None);
        else
            builder.AppendQuoted(directory);
    }
}
