namespace PSSandbox.Shell.Syntax;

/// <summary>The kind of a <see cref="Subscript"/>.</summary>
internal enum SubscriptKind : byte
{
    /// <summary>One element.</summary>
    Element,

    /// <summary><c>@</c>: all elements, quoted each a field of its own.</summary>
    At,

    /// <summary><c>*</c>: all elements, quoted joined by the first character of IFS.</summary>
    Star,
}
