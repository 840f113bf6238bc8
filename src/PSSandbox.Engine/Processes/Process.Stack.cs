using System.Runtime.CompilerServices;

namespace PSSandbox.Processes;

// The host's stack that its nested calls take. Used by its thread alone.
internal sealed partial class Process
{
    // What a process has without asking.
    private const int FreeStackBytes = 16 << 10;

    private const int MaxStackBytes = 3 << 19;
    private const int StackStep = 64 << 10;

    private nuint _stackBegin;
    private nuint _stackLimit;
    private int _stackBytes;

    /// <summary>
    /// Whether a shell may nest its calls as deep as the calling thread has now; counts what that takes. False beyond 1.5 MiB,
    /// beyond the limit of the sandbox (<see cref="StackAccount"/>), which is recorded, and near the end of the thread's stack.
    /// </summary>
    public bool MayNest()
    {
        nuint here = ThreadStack.Here;
        return here >= _stackLimit || TryDeepen(here);
    }

    /// <summary>Gives back what calls that have returned had taken.</summary>
    public void EndNested()
    {
        if (_stackBytes == 0 || (nint)(ThreadStack.Here - _stackLimit) < 3 * StackStep)
            return;
        _stackLimit += StackStep;
        _stackBytes -= StackStep;
        Kernel.Stack.Release(StackStep);
    }

    /// <summary>Takes stack on the process's behalf, until its program ends; false at the limit of the sandbox, which is recorded.</summary>
    public bool TryChargeStack(int bytes)
    {
        if (!Kernel.Stack.TryCharge(bytes))
        {
            Kernel.Record("stack", Id, $"the limit of {ByteSize.Format(StackAccount.Limit)} of nested calls was reached");
            return false;
        }

        _stackBytes += bytes;
        return true;
    }

    private bool TryDeepen(nuint here)
    {
        int bytes = (int)((_stackLimit - here + StackStep) / StackStep) * StackStep;
        if (_stackBegin - here > MaxStackBytes || !RuntimeHelpers.TryEnsureSufficientExecutionStack() || !TryChargeStack(bytes))
            return false;
        _stackLimit -= (nuint)bytes;
        return true;
    }

    private void BeginStack()
    {
        _stackBegin = ThreadStack.Here;
        _stackLimit = _stackBegin - FreeStackBytes;
    }

    private void ReleaseStack()
    {
        Kernel.Stack.Release(_stackBytes);
        _stackBytes = 0;
    }
}
