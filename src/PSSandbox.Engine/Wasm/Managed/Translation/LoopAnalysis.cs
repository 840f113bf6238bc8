using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>
/// Finds out, before a function is translated, which of its loops contain no calls, and which locals are live at their
/// heads. Liveness is the usual backward analysis; structured control needs no graph: a label's live set is known, or
/// for a loop assumed and the pass repeated.
/// </summary>
internal sealed class LoopAnalysis
{
    /// <summary>Locals that the analysis can treat: one bit each.</summary>
    public const int MaxLocals = 64;

    // Loops nested deeper need more passes; those functions do without.
    private const int MaxPasses = 8;

    private readonly List<Event> _events = [];
    private readonly List<LoopInfo> _loops = [];
    private readonly List<int> _open = [];
    private readonly List<Label> _labels = [];

    private int _next;

    private enum EventKind : byte
    {
        Get,
        Set,
        Block,
        Loop,
        If,
        Else,
        End,
        Branch,
        BranchIf,
        Stop,
    }

    /// <summary>Whether the function calls anything.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>Looks through a body.</summary>
    public void Run(WasmReader reader, int locals)
    {
        _events.Clear();
        _loops.Clear();
        _open.Clear();
        HasCalls = false;
        _next = 0;
        bool wanted = locals <= MaxLocals;
        while (!reader.AtEnd)
            Note(ref reader, reader.ReadOpcode(), wanted);
        if (!wanted || _loops.TrueForAll(static loop => loop.HasCalls))
            return;
        for (int pass = 0; pass < MaxPasses; pass++)
        {
            if (!PassBackwards())
                return;
        }

        // Not settled: no loop is treated.
        foreach (LoopInfo loop in _loops)
            loop.HasCalls = true;
    }

    /// <summary>The locals that are live at the head of the loop whose instruction ends at a position; null where it contains calls.</summary>
    /// <param name="position">The position.</param>
    /// <param name="innermostOnly">Whether loops that contain loops are to be left out too.</param>
    public ulong? LiveAt(int position, bool innermostOnly) =>
        Find(position) is { HasCalls: false } loop && !(innermostOnly && loop.HasLoops) ? loop.Live : null;

    /// <summary>The locals that the loop assigns whose instruction ends at a position.</summary>
    public ulong AssignedIn(int position) => Find(position)?.Assigned ?? ulong.MaxValue;

    // Loops are asked for in the order in which they were found.
    private LoopInfo? Find(int position)
    {
        for (int i = 0; i < _loops.Count; i++)
        {
            int index = _next + i < _loops.Count ? _next + i : _next + i - _loops.Count;
            if (_loops[index].Position == position)
            {
                _next = index;
                return _loops[index];
            }
        }

        return null;
    }

    private void Note(ref WasmReader reader, ushort opcode, bool wanted)
    {
        switch (opcode)
        {
            case Op.LocalGet when wanted:
                _events.Add(new Event(EventKind.Get, (int)reader.ReadU32()));
                return;
            case Op.LocalSet or Op.LocalTee when wanted:
                NoteAssignment((int)reader.ReadU32());
                return;
            case Op.Loop:
                foreach (int outer in _open)
                {
                    if (outer >= 0)
                        _loops[outer].HasLoops = true;
                }

                _events.Add(new Event(EventKind.Loop, _loops.Count));
                _open.Add(_loops.Count);
                _loops.Add(new LoopInfo { Position = reader.Position, HasCalls = !wanted });
                break;
            case Op.Block or Op.If:
                _events.Add(new Event(opcode == Op.Block ? EventKind.Block : EventKind.If, 0));
                _open.Add(-1);
                break;
            case Op.Else:
                _events.Add(new Event(EventKind.Else, 0));
                break;
            case Op.End:
                int loop = -1;
                if (_open.Count > 0)
                {
                    loop = _open[^1];
                    _open.RemoveAt(_open.Count - 1);
                }

                _events.Add(new Event(EventKind.End, loop));
                break;
            case Op.Br or Op.BrIf:
                _events.Add(new Event(opcode == Op.Br ? EventKind.Branch : EventKind.BranchIf, (int)reader.ReadU32()));
                return;
            case Op.BrTable:
                // As one that always branches, before which others may.
                int first = _events.Count;
                for (long left = reader.ReadU32(); left >= 0; left--)
                    _events.Add(new Event(EventKind.BranchIf, (int)reader.ReadU32()));
                _events[first] = _events[first] with { Kind = EventKind.Branch };
                _events.Reverse(first, _events.Count - first);
                return;
            case Op.Return or Op.Unreachable:
                _events.Add(new Event(EventKind.Stop, 0));
                break;
            case Op.Call or Op.CallIndirect or Op.MemoryGrow or (>= Op.MemoryInit and <= Op.TableFill):
                HasCalls |= opcode is Op.Call or Op.CallIndirect;
                foreach (int open in _open)
                {
                    if (open >= 0)
                        _loops[open].HasCalls = true;
                }

                break;
        }

        InstructionSkipper.SkipImmediates(ref reader, opcode);
    }

    private void NoteAssignment(int local)
    {
        _events.Add(new Event(EventKind.Set, local));
        foreach (int open in _open)
        {
            if (open >= 0)
                _loops[open].Assigned |= 1UL << local;
        }
    }

    // True while an assumption about a loop has changed.
    private bool PassBackwards()
    {
        bool changed = false;
        ulong live = 0;
        _labels.Clear();
        for (int i = _events.Count - 1; i >= 0; i--)
        {
            Event current = _events[i];
            switch (current.Kind)
            {
                case EventKind.Get:
                    live |= 1UL << current.Operand;
                    break;
                case EventKind.Set:
                    live &= ~(1UL << current.Operand);
                    break;
                case EventKind.End:
                    _labels.Add(new Label { Live = current.Operand >= 0 ? _loops[current.Operand].Live : live, Else = live });
                    break;
                case EventKind.Else:
                    _labels[^1] = _labels[^1] with { Else = live };
                    live = _labels[^1].Live;
                    break;
                case EventKind.Block:
                    _labels.RemoveAt(_labels.Count - 1);
                    break;
                case EventKind.If:
                    live |= _labels[^1].Else;
                    _labels.RemoveAt(_labels.Count - 1);
                    break;
                case EventKind.Loop:
                    _labels.RemoveAt(_labels.Count - 1);
                    LoopInfo loop = _loops[current.Operand];
                    live |= loop.Live;
                    changed |= live != loop.Live;
                    loop.Live = live;
                    break;
                case EventKind.Branch:
                    live = _labels[_labels.Count - 1 - current.Operand].Live;
                    break;
                case EventKind.BranchIf:
                    live |= _labels[_labels.Count - 1 - current.Operand].Live;
                    break;
                default:
                    live = 0;
                    break;
            }
        }

        return changed;
    }

    private readonly record struct Event(EventKind Kind, int Operand);

    private readonly record struct Label(ulong Live, ulong Else);

    private sealed class LoopInfo
    {
        public required int Position;
        public required bool HasCalls;
        public ulong Live;
        public ulong Assigned;
        public bool HasLoops;
    }
}
