namespace PSSandbox.Sandboxes;

/// <summary>What sandboxes run on here.</summary>
public sealed record SandboxRuntimeInfo
{
    /// <summary>The engine that <c>auto</c> takes.</summary>
    public string Engine { get; init; } = "";

    /// <summary>Its version.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>Why it is this one.</summary>
    public string EngineReason { get; init; } = "";

    /// <summary>Names of all engines that work here.</summary>
    public IReadOnlyList<string> AvailableEngines { get; init; } = [];

    /// <summary>The folder of the host that the userland was read from.</summary>
    public string UserlandPath { get; init; } = "";

    /// <summary>The language runtimes that are installed.</summary>
    public IReadOnlyList<SandboxLanguage> Languages { get; init; } = [];

    /// <summary>The folder of the host that language runtimes are looked for in; empty where PSSANDBOX_RUNTIMES says none.</summary>
    public string LanguagesPath { get; init; } = "";

    /// <summary>Number of command names that a new sandbox has.</summary>
    public int CommandCount { get; init; }

    /// <summary>Version of PSSandbox.</summary>
    public Version Version { get; init; } = new(0, 0);

    /// <summary>The .NET runtime.</summary>
    public string Framework { get; init; } = "";

    /// <summary>Operating system and processor, as a runtime identifier.</summary>
    public string Platform { get; init; } = "";
}
