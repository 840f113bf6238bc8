namespace PSSandbox.Shell.Syntax;

/// <summary>What the source writes for a <see cref="RedirectionOperator"/>, and which way it goes.</summary>
internal static class RedirectionOperatorText
{
    /// <summary>The operator as written.</summary>
    public static string ToSource(this RedirectionOperator op) => op switch
    {
        RedirectionOperator.Input => "<",
        RedirectionOperator.Output => ">",
        RedirectionOperator.Append => ">>",
        RedirectionOperator.Clobber => ">|",
        RedirectionOperator.ReadWrite => "<>",
        RedirectionOperator.DuplicateInput => "<&",
        RedirectionOperator.DuplicateOutput => ">&",
        RedirectionOperator.HereDocument => "<<",
        RedirectionOperator.HereDocumentStripTabs => "<<-",
        RedirectionOperator.HereString => "<<<",
        RedirectionOperator.OutputAndError => "&>",
        _ => "&>>",
    };

    /// <summary>Whether the default descriptor is 0.</summary>
    public static bool IsInput(this RedirectionOperator op) => op is RedirectionOperator.Input or RedirectionOperator.ReadWrite
        or RedirectionOperator.DuplicateInput or RedirectionOperator.HereDocument
        or RedirectionOperator.HereDocumentStripTabs or RedirectionOperator.HereString;
}
