namespace PSSandbox.Commands;

/// <summary>What a run gives to the pipeline.</summary>
public enum OutputForm
{
    /// <summary>One object with exit status, output and use.</summary>
    Result,

    /// <summary>Each line of standard output, as it comes.</summary>
    Line,

    /// <summary>Standard output as one text.</summary>
    Text,

    /// <summary>Standard output read as JSON: one document or several.</summary>
    Json,

    /// <summary>Standard output read as CSV with a header.</summary>
    Csv,

    /// <summary>Standard output as one array of bytes.</summary>
    Byte,

    /// <summary>Standard output read as an XML document.</summary>
    Xml,
}
