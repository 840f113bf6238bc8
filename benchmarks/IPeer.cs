namespace PSSandbox.Benchmarks;

/// <summary>Something that runs the cases.</summary>
internal interface IPeer
{
    string Name { get; }

    /// <summary>Runs a case for some seconds, at least three times; null if it has nothing to say of it.</summary>
    Measurement? Measure(string name, string script, double seconds);
}
