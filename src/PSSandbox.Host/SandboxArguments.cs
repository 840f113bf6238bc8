using System.CommandLine;
using System.CommandLine.Parsing;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary>The options that <c>run</c>, <c>exec</c> and <c>repl</c> share.</summary>
internal sealed class SandboxArguments
{
    private static readonly SandboxLimits DefaultLimits = new();

    private readonly Option<SandboxMount[]> _mount = new("--mount", "-v")
    {
        Description = "Show a host folder or file inside; read only by default. May be repeated.",
        HelpName = "HOST:PATH[:ro|rw|cow]",
        CustomParser = result => ParseEach(result, SandboxMount.Parse),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _env = new("--env", "-e")
    {
        Description = "Set an environment variable inside. May be repeated.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _directory = new("--workdir", "-w")
    {
        Description = "Working directory inside; made if it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/root",
    };

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "Wall-clock limit, such as 30s; ends with status 124.",
        HelpName = "TIME",
        CustomParser = result => ParseOne(result, DurationText.Parse),
    };

    private readonly Option<TimeSpan> _cpu = new("--cpu-time")
    {
        Description = "Limit of the CPU time of all processes, such as 30s; ends with status 137.",
        HelpName = "TIME",
        CustomParser = result => ParseOne(result, DurationText.Parse),
    };

    private readonly Option<long> _fuel = new("--fuel")
    {
        Description = "Limit of the WebAssembly instructions of each program, 0 for none; ends with status 137.",
        HelpName = "N",
    };

    private readonly Option<long?> _memory = new("--memory", "-m")
    {
        Description = $"Limit of memory, such as 256MB. [default: {ByteSize.Format(DefaultLimits.MemoryBytes)}]",
        HelpName = "SIZE",
        CustomParser = result => ParseOne<long?>(result, static text => ByteSize.Parse(text)),
    };

    private readonly Option<long?> _storage = new("--storage")
    {
        Description = $"Limit of the sandbox's own files, such as 1GB. [default: {ByteSize.Format(DefaultLimits.StorageBytes)}]",
        HelpName = "SIZE",
        CustomParser = result => ParseOne<long?>(result, static text => ByteSize.Parse(text)),
    };

    private readonly Option<int> _processes = new("--processes")
    {
        Description = "Limit of processes at one time.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultLimits.Processes,
    };

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "The WebAssembly engine: managed, wasmtime, or auto (the one that PSSANDBOX_ENGINE names, or else the fastest that works).",
        HelpName = "NAME",
        DefaultValueFactory = _ => DefaultEngine,
    };

    private readonly Option<string> _hostName = new("--hostname")
    {
        Description = "The host name inside.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "sandbox",
    };

    private readonly Option<FileInfo?> _stdin = new("--stdin")
    {
        Description = "Read standard input from a file.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object with output, status and resource usage, instead of passing the output through.",
    };

    private const string DefaultEngine = "auto";

    /// <summary>The engine that a command line most probably asks for, told before it is read in full.</summary>
    public static string EngineOf(string[] args)
    {
        int option = Array.IndexOf(args, "--engine");
        return option >= 0 && option + 1 < args.Length ? args[option + 1] : DefaultEngine;
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _mount, _env, _directory, _timeout, _cpu, _fuel, _memory, _storage, _processes, _engine, _hostName, _stdin, _json })
            command.Add(option);
        _fuel.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] } negative])
                result.AddError($"--fuel takes a number of instructions (0 for no limit), not '{negative.Value}'.");
        });
        _env.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.IndexOf('=') <= 0) is { } bad)
                result.AddError($"--env takes NAME=VALUE, not '{bad.Value}'.");
        });
    }

    /// <summary>Whether one JSON object is wanted.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Whether standard input is to come from a file.</summary>
    public bool HasInputFile(ParseResult parsed) => parsed.GetValue(_stdin) is not null;

    /// <summary>The wall-clock limit; zero for none.</summary>
    public TimeSpan Timeout(ParseResult parsed) => parsed.GetValue(_timeout);

    /// <summary>The sandbox that the options ask for.</summary>
    public SandboxOptions Options(ParseResult parsed) => new()
    {
        HostName = parsed.GetValue(_hostName)!,
        Mounts = parsed.GetValue(_mount)!,
        Environment = parsed.GetValue(_env)!.Select(e => e.Split('=', 2)).GroupBy(e => e[0]).ToDictionary(g => g.Key, g => g.Last()[1]),
        WorkingDirectory = parsed.GetValue(_directory)!,
        Engine = parsed.GetValue(_engine)!,
        Limits = new SandboxLimits
        {
            MemoryBytes = parsed.GetValue(_memory) ?? DefaultLimits.MemoryBytes,
            StorageBytes = parsed.GetValue(_storage) ?? DefaultLimits.StorageBytes,
            Processes = parsed.GetValue(_processes),
            CpuTime = parsed.GetValue(_cpu),
            Fuel = parsed.GetValue(_fuel),
        },
    };

    /// <summary>How a command is to run: with this process's streams, or captured for JSON.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scriptFromInput">The script itself is read from standard input, which then is not the command's.</param>
    public SandboxRunOptions RunOptions(ParseResult parsed, bool scriptFromInput)
    {
        FileInfo? file = parsed.GetValue(_stdin);
        Stream? input = file is not null ? file.OpenRead() : scriptFromInput ? null : Console.OpenStandardInput();
        var options = new SandboxRunOptions { Timeout = parsed.GetValue(_timeout), StandardInput = input };
        return Json(parsed) ? options : options with { Capture = false, OnOutput = ConsoleOutput.Write };
    }

    private static T? ParseOne<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return default;
        }
    }

    private static T[] ParseEach<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return [.. result.Tokens.Select(t => parse(t.Value))];
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return [];
        }
    }
}
