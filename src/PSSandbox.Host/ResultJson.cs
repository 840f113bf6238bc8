using System.Text.Encodings.Web;
using System.Text.Json;
using PSSandbox.Processes;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary>The result as one JSON object.</summary>
internal static class ResultJson
{
    /// <summary>Writes the object and a newline.</summary>
    public static void Write(SandboxResult result, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("exitCode", result.ExitCode);
            json.WriteString("stdout", result.Stdout);
            json.WriteString("stderr", result.Stderr);
            json.WriteNumber("durationMs", Milliseconds(result.Duration));
            json.WriteNumber("cpuMs", Milliseconds(result.ResourceUsage.CpuTime));
            json.WriteNumber("peakMemoryBytes", result.ResourceUsage.PeakMemoryBytes);
            json.WriteNumber("processes", result.ResourceUsage.ProcessCount);
            json.WriteBoolean("timedOut", result.TimedOut);
            json.WriteBoolean("outputTruncated", result.OutputTruncated);
            json.WriteStartArray("violations");
            foreach (Violation violation in result.Violations)
            {
                json.WriteStartObject();
                json.WriteString("time", violation.Time);
                json.WriteString("kind", violation.Kind);
                json.WriteNumber("pid", violation.ProcessId);
                json.WriteString("message", violation.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
        stream.Flush();
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
