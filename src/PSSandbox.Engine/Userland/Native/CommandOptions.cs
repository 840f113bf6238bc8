namespace PSSandbox.Userland.Native;

/// <summary>A command's options and operands, taken apart as getopt_long does: bundled letters, <c>--long=value</c>, <c>--</c>.</summary>
internal sealed class CommandOptions
{
    private readonly List<(char Letter, string? Value)> _given = [];
    private readonly List<string> _operands = [];

    private CommandOptions()
    {
    }

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Whether an option was given.</summary>
    public bool Has(char letter) => _given.Exists(o => o.Letter == letter);

    /// <summary>How often an option was given.</summary>
    public int Count(char letter) => _given.FindAll(o => o.Letter == letter).Count;

    /// <summary>The value given last; null if the option was not given.</summary>
    public string? Value(char letter) => _given.FindLast(o => o.Letter == letter).Value;

    /// <summary>All values given, in order.</summary>
    public string[] Values(char letter) => [.. _given.FindAll(o => o.Letter == letter).ConvertAll(o => o.Value ?? "")];

    /// <summary>All letters given, in order, with their values.</summary>
    public IReadOnlyList<(char Letter, string? Value)> Given => _given;

    /// <summary>Takes arguments apart. Null, with a message if there is one, on an error.</summary>
    public static CommandOptions? Parse(ReadOnlySpan<string> arguments, string options, ReadOnlySpan<string> longOptions, out string? error)
    {
        error = null;
        bool stopAtOperand = options.StartsWith('+');
        var result = new CommandOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument == "--")
            {
                result._operands.AddRange(arguments[(i + 1)..]);
                break;
            }

            if (argument.Length < 2 || argument[0] != '-')
            {
                if (stopAtOperand)
                {
                    result._operands.AddRange(arguments[i..]);
                    break;
                }

                result._operands.Add(argument);
                continue;
            }

            error = argument[1] == '-'
                ? result.AddLong(argument, arguments, ref i, options, longOptions)
                : result.AddLetters(argument, arguments, ref i, options);
            if (error is not null)
                return null;
        }

        return result;
    }

    private static bool TakesValue(string options, char letter)
    {
        int index = options.IndexOf(letter, StringComparison.Ordinal);
        return index >= 0 && index + 1 < options.Length && options[index + 1] == ':';
    }

    private string? AddLetters(string argument, ReadOnlySpan<string> arguments, ref int index, string options)
    {
        for (int i = 1; i < argument.Length; i++)
        {
            char letter = argument[i];
            if (letter is ':' or '+' || !options.Contains(letter, StringComparison.Ordinal))
                return $"invalid option -- '{letter}'";
            string? value = null;
            if (TakesValue(options, letter))
            {
                if (i + 1 < argument.Length)
                    value = argument[(i + 1)..];
                else if (index + 1 < arguments.Length)
                    value = arguments[++index];
                else
                    return $"option requires an argument -- '{letter}'";
                i = argument.Length;
            }

            _given.Add((letter, value));
        }

        return null;
    }

    private string? AddLong(string argument, ReadOnlySpan<string> arguments, ref int index, string options, ReadOnlySpan<string> longOptions)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? argument[2..] : argument[2..equals];
        string? found = null;
        foreach (string option in longOptions)
        {
            string known = option[..^2];
            if (known == name)
            {
                found = option;
                break;
            }

            if (known.StartsWith(name, StringComparison.Ordinal))
            {
                if (found is not null)
                    return $"option '--{name}' is ambiguous";
                found = option;
            }
        }

        if (found is null)
            return $"unrecognized option '--{name}'";
        char letter = found[^1];
        string? value = equals < 0 ? null : argument[(equals + 1)..];
        if (!TakesValue(options, letter))
        {
            if (value is not null)
                return $"option '--{name}' doesn't allow an argument";
        }
        else if (value is null)
        {
            if (index + 1 >= arguments.Length)
                return $"option '--{name}' requires an argument";
            value = arguments[++index];
        }

        _given.Add((letter, value));
        return null;
    }
}
