using System.Management.Automation;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>
/// One run, driven by the pipeline's thread: what comes down the pipeline is written to the process while what the process
/// writes goes on down the pipeline. The process itself runs on a thread of the sandbox.
/// </summary>
internal sealed class SandboxRun : IDisposable
{
    private const int InputBatch = 4096;
    private readonly Cmdlet _cmdlet;
    private readonly SandboxRunRequest _request;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _kill;
    private readonly Sandbox _sandbox;
    private readonly bool _ephemeral;
    private readonly bool _streams;
    private readonly RunChannel _channel = new();
    private readonly SandboxProcess _process;
    private readonly List<SandboxMount> _mounted = [];
    private readonly LineSplitter _output = new();
    private readonly LineSplitter _errors = new();
    private readonly List<byte> _input = [];
    private readonly CompilationReport _progress;
    private bool _disposed;

    /// <summary>Starts it.</summary>
    /// <exception cref="SandboxException">It cannot be started.</exception>
    public SandboxRun(Cmdlet cmdlet, SandboxRunRequest request, Func<Sandbox, SandboxRunOptions, SandboxProcess> start, bool input, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        _progress = new CompilationReport(cmdlet);
        _request = request;
        _stop = stop;
        _ephemeral = request.Sandbox is null;
        _streams = request.Form == OutputForm.Line;
        _sandbox = request.Sandbox ?? Sandbox.Create(new SandboxOptions { Engine = request.Engine, Mounts = request.Mounts });
        try
        {
            if (!_ephemeral)
                AddMounts();
            _process = start(_sandbox, request.Options with
            {
                Input = input ? _channel.Input : null,
                Channel = _streams ? _channel : null,
                Capture = !_streams,
            });
        }
        catch
        {
            Release();
            throw;
        }

        _kill = stop.UnsafeRegister(static run => ((SandboxRun)run!).Stop(), this);
    }

    /// <summary>Gives it an object as input, and passes on what it wrote meanwhile.</summary>
    public void Write(PSObject? value)
    {
        switch (value?.BaseObject)
        {
            case null:
                break;
            case byte one:
                _input.Add(one);
                if (_input.Count >= InputBatch)
                    FlushInput();
                break;
            case byte[] bytes:
                FlushInput();
                Write(bytes);
                break;
            case IEnumerable<byte> some:
                _input.AddRange(some);
                FlushInput();
                break;
            default:
                FlushInput();
                Write(Encoding.UTF8.GetBytes(LanguagePrimitives.ConvertTo<string>(value) + "\n"));
                break;
        }
    }

    /// <summary>Ends the input and waits for the end, passing on what it writes.</summary>
    public SandboxResult Finish()
    {
        FlushInput();
        _channel.Input.Complete();
        if (_streams)
        {
            while (_channel.TryTake(out SandboxOutput output, idle: _progress.Update, cancellation: _stop))
                Emit(output);
            if (!_stop.IsCancellationRequested)
            {
                _output.Flush(WriteLine);
                _errors.Flush(WriteErrorLine);
            }
        }

        return _progress.Wait(_process);
    }

    /// <summary>Gives what the form says of a run that has ended.</summary>
    public void WriteResult(SandboxResult result)
    {
        if (_request.Form == OutputForm.Result)
        {
            WriteStandardError(result);
            _cmdlet.WriteObject(result);
        }
        else if (!_streams)
        {
            if (result.OutputTruncated)
                _cmdlet.WriteWarning($"The output was cut at the sandbox's limit of {ByteSize.Format(_sandbox.Options.Limits.OutputBytes)}.");
            WriteStandardError(result);
            byte[] output = _request.Errors == ErrorForm.Merge ? result.CombinedBytes : result.StdoutBytes;
            OutputReaders.Write(_cmdlet, _request.Form, output);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _kill.Dispose();
        if (!_process.HasExited)
            Stop();
        _process.Dispose();
        Release();
    }

    private void Stop()
    {
        _channel.Close();
        _process.Cancel();
    }

    private void AddMounts()
    {
        foreach (SandboxMount mount in _request.Mounts)
        {
            _sandbox.AddMount(mount);
            _mounted.Add(mount);
        }
    }

    private void Release()
    {
        if (_ephemeral)
        {
            _sandbox.Dispose();
            return;
        }

        for (int i = _mounted.Count - 1; i >= 0; i--)
        {
            if (_sandbox.Status is SandboxStatus.Running or SandboxStatus.Paused)
                _sandbox.RemoveMount(_mounted[i].Path);
        }
    }

    private void FlushInput()
    {
        if (_input.Count == 0)
            return;
        Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_input));
        _input.Clear();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        do
        {
            while (_channel.TryTake(out SandboxOutput output, untilInputRoom: true, _progress.Update, _stop))
                Emit(output);
        }
        while (!_channel.Input.TryWrite(bytes) && !_stop.IsCancellationRequested);
    }

    private void Emit(SandboxOutput output)
    {
        try
        {
            _progress.Update();
            if (output.Stream == SandboxStream.Output)
                _output.Add(output.Bytes.Span, WriteLine);
            else if (_request.Errors != ErrorForm.Ignore)
                _errors.Add(output.Bytes.Span, WriteErrorLine);
        }
        catch
        {
            // Downstream has enough (Select-Object -First), or an error stops the pipeline.
            Stop();
            throw;
        }
    }

    private void WriteStandardError(SandboxResult result)
    {
        if (_request.Errors is ErrorForm.Ignore or ErrorForm.Merge)
            return;
        _errors.Add(result.StderrBytes, WriteErrorLine);
        _errors.Flush(WriteErrorLine);
    }

    private void WriteLine(string line) => _cmdlet.WriteObject(line);

    private void WriteErrorLine(string line)
    {
        switch (_request.Errors)
        {
            case ErrorForm.Error:
                _cmdlet.WriteError(new ErrorRecord(new RemoteException(line), "SandboxStandardError", ErrorCategory.FromStdErr, _sandbox.Name));
                break;
            case ErrorForm.Warning:
                _cmdlet.WriteWarning(line);
                break;
            case ErrorForm.Merge:
                _cmdlet.WriteObject(line);
                break;
        }
    }
}
