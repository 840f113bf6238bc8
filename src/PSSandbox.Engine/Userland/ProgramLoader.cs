using System.Runtime.InteropServices;
using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Userland;

/// <summary>
/// Tells by an executable file's first bytes what it runs: a WebAssembly module, a native command, or a script by its
/// interpreter line. Serves any number of sandboxes.
/// </summary>
/// <param name="engine">The engine that modules are compiled with.</param>
/// <param name="commands">The native commands.</param>
/// <param name="userland">What was installed with this program: its module is told by the array that it was read into.</param>
internal sealed class ProgramLoader(IWasmEngine engine, NativeCommandTable commands, UserlandFiles? userland = null) : IProgramLoader
{
    /// <summary>Largest module, in bytes.</summary>
    public const int MaxModuleBytes = 128 << 20;

    private const int PieceBytes = 1 << 20;

    /// <summary>Bytes of a file that are looked at; an interpreter line must end within (as on Linux).</summary>
    private const int HeaderBytes = 256;

    /// <summary>Most interpreters that are scripts themselves.</summary>
    private const int MaxDepth = 4;

    private const int Execute = 1;

    private volatile IProgram? _busyBox;
    private AppletProgram[]? _applets;

    /// <summary>The engine that modules are compiled with.</summary>
    public IWasmEngine Engine => engine;

    private static ReadOnlySpan<byte> WasmMagic => "\0asm"u8;

    /// <summary>What is remembered of a file's content.</summary>
    /// <param name="Loader">Who remembers it.</param>
    /// <param name="Program">The program of a module.</param>
    /// <param name="Command">The native command.</param>
    /// <param name="IsBusyBox">Whether it is BusyBox as it was installed.</param>
    private sealed record Tag(ProgramLoader Loader, IProgram? Program, NativeCommand? Command, bool IsBusyBox = false);

    /// <inheritdoc/>
    public Errno Load(Process process, Node file, string path, ref string[] arguments, out IProgram? program)
    {
        for (int depth = 0; ; depth++)
        {
            Errno error = LoadDirectly(process, file, path, arguments, out program, out Script? script);
            if (error != Errno.None || program is not null)
                return error;
            if (script is null)
                return Errno.ENOEXEC;
            if (depth == MaxDepth)
                return Errno.ELOOP;
            ReadOnlySpan<string> rest = arguments.AsSpan(Math.Min(1, arguments.Length));
            arguments = script.Argument is null ? [script.Interpreter, path, .. rest] : [script.Interpreter, script.Argument, path, .. rest];
            path = script.Interpreter;
            error = process.Kernel.Files.Resolve(process.Paths, path, true, out Node? interpreter);
            if (error != Errno.None)
                return error;
            error = interpreter!.GetStatus(out FileStatus status);
            if (error != Errno.None)
                return error;
            if (status.Type != FileType.Regular || !VirtualFileSystem.Permits(status, process.User, Execute))
                return Errno.EACCES;
            file = interpreter;
        }
    }

    /// <inheritdoc/>
    public string? Explain(string command) => userland?.Runtimes.Explain(command);

    /// <summary>What a file runs without an interpreter, or the interpreter that it names, or neither.</summary>
    private Errno LoadDirectly(Process process, Node file, string path, string[] arguments, out IProgram? program, out Script? script)
    {
        script = null;
        if (file.ContentTag is Tag tag && (tag.Loader == this || tag.Loader.Engine == engine && tag.Command is null && !tag.IsBusyBox))
        {
            program = tag.IsBusyBox ? Installed(process, path, arguments) : tag.Program ?? tag.Command!.Create();
            return Errno.None;
        }

        program = null;
        Errno error = file.Open(OpenFlags.ReadOnly, null, out OpenFile? open);
        if (error != Errno.None)
            return error;
        try
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            error = ReadFully(open!, header, 0, out int count);
            if (error != Errno.None)
                return error;
            header = header[..count];
            if (header.StartsWith("#!"u8))
                script = Script.Parse(header, count == HeaderBytes);
            else if (commands.Find(header) is { } command)
                (program, file.ContentTag) = (command.Create(), new Tag(this, null, command));
            else if (header.StartsWith(WasmMagic))
                error = Compile(process, file, open!, path, arguments, out program);
            return error;
        }
        finally
        {
            open!.Release();
        }
    }

    private Errno Compile(Process process, Node file, OpenFile open, string path, string[] arguments, out IProgram? program)
    {
        program = null;
        if (!file.TryGetContent(out ReadOnlyMemory<byte> binary))
        {
            Errno error = open.GetStatus(out FileStatus status);
            if (error != Errno.None)
                return error;
            if (status.Size > MaxModuleBytes)
                return Errno.ENOMEM;
            error = Read(process, open, (int)status.Size, out binary);
            if (error != Errno.None)
                return error;
        }

        if (binary.Length > MaxModuleBytes)
            return Errno.ENOMEM;
        if (IsInstalled(binary))
        {
            program = Installed(process, path, arguments);
            file.ContentTag = new Tag(this, null, null, IsBusyBox: true);
            return Errno.None;
        }

        ContentHash hash = ContentHash.Of(binary.Span, () => LazyProgram.CheckSignals(process));
        program = ModuleCache.Shared.Get(process, engine, binary, hash, path);
        file.ContentTag = new Tag(this, program, null);
        return Errno.None;
    }

    private IProgram Installed(Process process, string path, string[] arguments) => FindApplet(process, arguments) ?? BusyBox(process, path);

    // Made ready when a process first needs it.
    private IProgram BusyBox(Process process, string path) => _busyBox ??=
        ModuleCache.Shared.Get(process, engine, userland!.BusyBox, ContentHash.OfInstalled(userland.BusyBox), path);

    /// <summary>The applet that BusyBox would be by its first argument, if that can be had without BusyBox; null otherwise.</summary>
    private IProgram? FindApplet(Process process, string[] arguments)
    {
        // Fuel is a number of the module's instructions.
        if (arguments.Length == 0 || process.Kernel.Options.MaxFuel != 0)
            return null;
        ReadOnlySpan<char> name = arguments[0];
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (AppletProgram applet in _applets ??= [.. commands.Applets.Select(a => new AppletProgram(a, p => BusyBox(p, p.ExecutablePath)))])
        {
            if (name.SequenceEqual(applet.Name))
                return applet;
        }

        return null;
    }

    // A copy that somebody made in a sandbox, of the same bytes even, is another array.
    private bool IsInstalled(ReadOnlyMemory<byte> binary) =>
        userland is not null && MemoryMarshal.TryGetArray(binary, out ArraySegment<byte> place)
        && ReferenceEquals(place.Array, userland.BusyBox) && place.Count == userland.BusyBox.Length;

    private static Errno Read(Process process, OpenFile file, int size, out ReadOnlyMemory<byte> content)
    {
        byte[] binary = GC.AllocateUninitializedArray<byte>(size);
        int count = 0;
        content = default;
        while (count < size)
        {
            LazyProgram.CheckSignals(process);
            Span<byte> piece = binary.AsSpan(count, Math.Min(PieceBytes, size - count));
            Errno error = ReadFully(file, piece, count, out int read);
            if (error != Errno.None)
                return error;
            if (read == 0)
                break;
            count += read;
        }

        content = binary.AsMemory(0, count);
        return Errno.None;
    }

    private static Errno ReadFully(OpenFile file, Span<byte> buffer, long offset, out int total)
    {
        total = 0;
        while (total < buffer.Length)
        {
            Errno error = file.ReadAt(buffer[total..], offset + total, out int count);
            if (error != Errno.None)
                return error;
            if (count == 0)
                break;
            total += count;
        }

        return Errno.None;
    }

    /// <summary>An interpreter line: the interpreter's path and at most one argument.</summary>
    private sealed record Script(string Interpreter, string? Argument)
    {
        /// <summary>Reads the line; null if there is none: no path, or one that is cut off.</summary>
        public static Script? Parse(ReadOnlySpan<byte> header, bool cut)
        {
            ReadOnlySpan<byte> line = header[2..];
            int end = line.IndexOf((byte)'\n');
            bool complete = end >= 0 || !cut;
            if (end >= 0)
                line = line[..end];
            line = line.TrimStart(" \t"u8);
            int space = line.IndexOfAny((byte)' ', (byte)'\t');
            if (!complete && space < 0)
                return null;
            ReadOnlySpan<byte> interpreter = space < 0 ? line : line[..space];
            ReadOnlySpan<byte> argument = space < 0 ? default : line[space..].Trim(" \t"u8);
            if (interpreter.IsEmpty || interpreter.Contains((byte)0))
                return null;
            return new Script(Encoding.Latin1.GetString(interpreter), argument.IsEmpty ? null : Encoding.Latin1.GetString(argument));
        }
    }
}
