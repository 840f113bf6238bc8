using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace PSSandbox.Commands;

/// <summary>Standard output as text, bytes, or objects that it describes.</summary>
internal static class OutputReaders
{
    /// <summary>Writes it in a form; what cannot be read so is an error.</summary>
    public static void Write(Cmdlet cmdlet, OutputForm form, byte[] output)
    {
        switch (form)
        {
            case OutputForm.Text:
                cmdlet.WriteObject(Encoding.UTF8.GetString(output));
                break;
            case OutputForm.Byte:
                cmdlet.WriteObject(output, enumerateCollection: false);
                break;
            case OutputForm.Json:
                Try(cmdlet, form, () => WriteJson(cmdlet, output));
                break;
            case OutputForm.Csv:
                Try(cmdlet, form, () => WriteConverted(cmdlet, "ConvertFrom-Csv", Encoding.UTF8.GetString(output)));
                break;
            case OutputForm.Xml:
                Try(cmdlet, form, () => cmdlet.WriteObject(ReadXml(output)));
                break;
        }
    }

    private static void Try(Cmdlet cmdlet, OutputForm form, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is JsonException or XmlException or ArgumentException or CmdletInvocationException)
        {
            cmdlet.WriteError(ErrorRecords.Make(
                $"SandboxOutputNot{form}", ErrorCategory.InvalidData, $"The output is not {form.ToString().ToUpperInvariant()}: {e.Message}",
                "Look at the output with -OutputAs Text.", null));
        }
    }

    /// <summary>One value, or several one after another (JSON lines), each as ConvertFrom-Json makes it.</summary>
    private static void WriteJson(Cmdlet cmdlet, byte[] output)
    {
        var values = new List<string>();
        var reader = new Utf8JsonReader(output, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 1024 });
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            values.Add(Encoding.UTF8.GetString(output.AsSpan(start, (int)reader.BytesConsumed - start)));
        }

        foreach (string value in values)
            WriteConverted(cmdlet, "ConvertFrom-Json", value);
    }

    private static void WriteConverted(Cmdlet cmdlet, string converter, string text)
    {
        if (text.Length == 0)
            return;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Utility\\" + converter).AddParameter("InputObject", text);
        Collection<PSObject> objects = shell.Invoke();
        foreach (PSObject value in objects)
            cmdlet.WriteObject(value, enumerateCollection: true);
    }

    private static XmlDocument ReadXml(byte[] output)
    {
        // What a sandbox wrote is not trusted: no document type, nothing looked up.
        using var reader = XmlReader.Create(new MemoryStream(output), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var document = new XmlDocument { XmlResolver = null };
        document.Load(reader);
        return document;
    }
}
