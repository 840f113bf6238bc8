namespace PSSandbox.Shell.Syntax;

/// <summary>Why a text is not an arithmetic expression, in the words of bash.</summary>
/// <param name="Message">What is wrong, for instance <c>syntax error: operand expected</c>.</param>
/// <param name="Token">The rest of the text from where it is wrong: what bash calls the error token.</param>
internal sealed record ArithmeticError(string Message, string Token)
{
    /// <summary>What is wrong.</summary>
    public string Message { get; } = Message;

    /// <summary>The rest of the text from where it is wrong.</summary>
    public string Token { get; } = Token;

    /// <inheritdoc/>
    public override string ToString() => $"{Message} (error token is \"{Token}\")";
}
