using PSSandbox.Shell.Expansion;
using PSSandbox.Shell.Interpreter;

namespace PSSandbox.Shell.Builtins;

/// <summary><c>test</c> and <c>[</c>: by the number of arguments as POSIX says, beyond four by precedence as bash does.</summary>
internal static class TestBuiltin
{
    /// <summary>Runs it.</summary>
    public static int Run(ShellInterpreter shell, List<string> arguments)
    {
        int end = arguments.Count;
        if (arguments[0] == "[")
        {
            if (arguments[^1] != "]" || end < 2)
            {
                shell.Error("[: missing `]'");
                return 2;
            }

            end--;
        }

        if (end == 4 && TestOperators.IsBinary(arguments[2]))
            return TestOperators.Binary(shell, arguments[2], arguments[1], arguments[3]) ? 0 : 1;
        var expression = new Expression(shell, arguments, end);
        return expression.Evaluate() ? 0 : 1;
    }

    private ref struct Expression(ShellInterpreter shell, List<string> arguments, int end)
    {
        private const int MaxDepth = 1000;
        private int _position = 1;
        private int _depth;

        public bool Evaluate()
        {
            bool result = (end - 1) switch
            {
                0 => false,
                1 => arguments[1].Length > 0,
                2 => Two(1),
                3 => Three(1),
                4 => Four(),
                _ => Full(),
            };
            return result;
        }

        private readonly bool Two(int at)
        {
            if (arguments[at] == "!")
                return arguments[at + 1].Length == 0;
            if (TestOperators.IsUnary(arguments[at]))
                return TestOperators.Unary(shell, arguments[at][1], arguments[at + 1]);
            throw Error($"{arguments[at]}: unary operator expected");
        }

        private readonly bool Three(int at)
        {
            string first = arguments[at];
            string op = arguments[at + 1];
            if (TestOperators.IsBinary(op))
                return TestOperators.Binary(shell, op, first, arguments[at + 2]);
            if (op == "-a")
                return first.Length > 0 && arguments[at + 2].Length > 0;
            if (op == "-o")
                return first.Length > 0 || arguments[at + 2].Length > 0;
            if (first == "!")
                return !Two(at + 1);
            if (first == "(" && arguments[at + 2] == ")")
                return op.Length > 0;
            throw Error($"{op}: binary operator expected");
        }

        private bool Four()
        {
            if (arguments[1] == "!")
                return !Three(2);
            if (arguments[1] == "(" && arguments[4] == ")")
                return Two(2);
            return Full();
        }

        private bool Full()
        {
            bool result = Or();
            if (_position < end)
                throw Error("too many arguments");
            return result;
        }

        private bool Or()
        {
            bool result = And();
            while (_position < end && arguments[_position] == "-o")
            {
                _position++;
                result |= And();
            }

            return result;
        }

        private bool And()
        {
            bool result = Term();
            while (_position < end && arguments[_position] == "-a")
            {
                _position++;
                result &= Term();
            }

            return result;
        }

        private bool Term()
        {
            if (_position >= end)
                throw Error("argument expected");
            string first = arguments[_position];
            if (_position + 2 < end && TestOperators.IsBinary(arguments[_position + 1]))
            {
                string op = arguments[_position + 1];
                string right = arguments[_position + 2];
                _position += 3;
                return TestOperators.Binary(shell, op, first, right);
            }

            if (++_depth > MaxDepth)
                throw Error("too many nested expressions");
            bool result;
            if (first == "!")
            {
                _position++;
                result = !Term();
            }
            else if (first == "(")
            {
                _position++;
                result = Or();
                if (_position >= end || arguments[_position] != ")")
                    throw Error("`)' expected");
                _position++;
            }
            else if (TestOperators.IsUnary(first) && _position + 1 < end)
            {
                _position += 2;
                result = TestOperators.Unary(shell, first[1], arguments[_position - 1]);
            }
            else
            {
                _position++;
                result = first.Length > 0;
            }

            _depth--;
            return result;
        }

        private static ShellExpansionException Error(string message) => new(message, 2);
    }
}
