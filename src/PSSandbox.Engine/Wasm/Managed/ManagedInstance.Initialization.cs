using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed;

/// <content>Instantiation, segments, and what the instance exports.</content>
internal sealed unsafe partial class ManagedInstance
{
    // Those of the template until one is dropped by the guest.
    private bool[]? _droppedData;
    private bool[]? _droppedElements;

    /// <summary>Fills the context, tables and memory, and runs the start function (WebAssembly 2.0, 4.5.4).</summary>
    internal void Initialize()
    {
        bool again = _block.Prepared;
        if (!again)
        {
            BindImports();
            InitializeFunctions();
        }

        *(int*)(_context + Context.Interrupt) = 0;
        *(long*)(_context + Context.Fuel) = _limits.Fuel;
        *(nint*)(_context + Context.SaveArea) = _context + Code.Layout.SaveArea;

        InitializeGlobals();
        InitializeTables(again);
        if (_template.Image is null)
            InitializeData();
        _droppedData ??= _template.DroppedData;
        _block.Prepared = true;
        if (_definition.Start >= 0)
            Invoke(_definition.Start, _definition.FunctionType(_definition.Start), default);
    }

    /// <summary>What an export gives to other instances.</summary>
    internal object Export(WasmExport export) => export.Kind switch
    {
        WasmExternKind.Function => new ManagedFunction(FunctionReference(export.Index), export.FunctionType!),
        WasmExternKind.Table => new ManagedTable(Table(export.Index), _definition.Tables[export.Index] with { }),
        WasmExternKind.Memory => LinearMemory!,
        _ => new ManagedGlobal((nint)Global(export.Index), _definition.Globals[export.Index].Type, _definition.Globals[export.Index].Mutable),
    };

    /// <summary>The record of a table, own or imported.</summary>
    internal TableRecord* Table(int index)
    {
        nint address = _context + Code.Layout.Table(index);
        return index < _definition.ImportedTables ? *(TableRecord**)address : (TableRecord*)address;
    }

    /// <summary>The bytes of a data segment; none once it was dropped.</summary>
    internal ReadOnlySpan<byte> DataSegment(int index)
    {
        if (_droppedData is { } dropped && dropped[index])
            return default;
        DataSegment segment = _definition.Data[index];
        return _definition.Binary.Span.Slice(segment.Start, segment.Length);
    }

    /// <summary><c>data.drop</c>.</summary>
    internal void DropData(int index)
    {
        if (_droppedData is null || ReferenceEquals(_droppedData, _template.DroppedData))
            _droppedData = _droppedData is null ? new bool[_definition.Data.Count] : (bool[])_droppedData.Clone();
        _droppedData[index] = true;
    }

    /// <summary><c>elem.drop</c>.</summary>
    internal void DropElements(int index)
    {
        if (_droppedElements is null || ReferenceEquals(_droppedElements, _template.DroppedElements))
            _droppedElements = _droppedElements is null ? new bool[_definition.Elements.Count] : (bool[])_droppedElements.Clone();
        _droppedElements[index] = true;
    }

    /// <summary><c>table.init</c>.</summary>
    internal void InitTable(int table, int segment, uint to, uint from, uint count)
    {
        TableRecord* record = Table(table);
        ReadOnlySpan<ConstantExpression> items = _droppedElements is { } dropped && dropped[segment] ? default : _definition.Elements[segment].Items;
        if ((ulong)from + count > (uint)items.Length || (ulong)to + count > (ulong)record->Length)
            Traps.TableOutOfBounds();
        record->Dirty = 1;
        for (uint i = 0; i < count; i++)
            record->Elements[to + i] = (nint)Evaluate(items[(int)(from + i)]);
    }

    private void* Global(int index)
    {
        nint address = _context + Code.Layout.Global(index);
        return index < _definition.ImportedGlobals ? *(void**)address : (void*)address;
    }

    private nint FunctionReference(int function) => *(nint*)(_context + Code.Layout.Reference(Code.Layout.ReferenceSlots[function]));

    // Of 64 bits, which all values have but vectors.
    private long Evaluate(in ConstantExpression expression) => expression.Opcode switch
    {
        Op.GlobalGet => *(long*)Global(expression.Index),
        Op.RefFunc => FunctionReference(expression.Index),
        _ => expression.Bits,
    };

    private void BindImports()
    {
        ContextLayout layout = Code.Layout;
        for (int i = 0; i < _definition.Types.Count; i++)
            *(long*)(_context + layout.TypeId(i)) = TypeIdentity.Of(_definition.Types[i]);
        if (_template.Linked is not { } linked)
            return;
        for (int i = 0; i < linked.Functions.Length; i++)
            *(nint*)(_context + layout.Import(i)) = linked.Functions[i]?.Record ?? 0;
        for (int i = 0; i < linked.Tables.Length; i++)
            *(TableRecord**)(_context + layout.Table(i)) = linked.Tables[i].Record;
        for (int i = 0; i < linked.Globals.Length; i++)
            *(nint*)(_context + layout.Global(i)) = linked.Globals[i].Address;
        if (linked.Memory is { } memory)
            *(nint*)(_context + Context.MemoryBase) = memory.Border;
    }

    private void InitializeFunctions()
    {
        ContextLayout layout = Code.Layout;
        for (int slot = 0; slot < layout.ReferencedFunctions.Length; slot++)
        {
            int function = layout.ReferencedFunctions[slot];
            nint* reference = (nint*)(_context + layout.Reference(slot));
            if (function < _definition.ImportedFunctions && _template.Linked?.Functions[function] is { } imported)
            {
                *reference = imported.Record;
                continue;
            }

            FunctionRecord* record = (FunctionRecord*)(_context + layout.Record(slot));
            record->Code = Code.Function(function);
            record->Context = _context;
            record->TypeId = *(long*)(_context + layout.TypeId(_definition.FunctionTypes[function]));
            record->Index = function;
            *reference = (nint)record;
        }
    }

    private void InitializeGlobals()
    {
        for (int i = _definition.ImportedGlobals; i < _definition.Globals.Count; i++)
        {
            ConstantExpression initial = _definition.Globals[i].Initial;
            long* global = (long*)Global(i);
            global[0] = Evaluate(initial);
            global[1] = initial.Opcode == Op.GlobalGet ? ((long*)Global(initial.Index))[1] : initial.UpperBits;
        }
    }

    // A block that was used before has its tables; those that the guest left alone are still as they should be.
    private void InitializeTables(bool again)
    {
        bool fill = !again;
        for (int i = _definition.ImportedTables; i < _definition.Tables.Count; i++)
        {
            TableRecord* record = Table(i);
            TableType type = _definition.Tables[i];
            long maximum = Tables.Maximum(type.Maximum, _limits.MaxTableElements);
            if (again && record->Dirty == 0 && type.Minimum <= maximum)
            {
                record->Maximum = maximum;
                continue;
            }

            fill = true;
            Tables.Free(record);
            Tables.Create(record, type.Minimum, maximum);
            _block.AddTable(i, record);
        }

        if (fill)
            InitializeElements();
        _droppedElements = _template.DroppedElements;
        for (int i = _definition.ImportedTables; i < _definition.Tables.Count; i++)
            Table(i)->Dirty = 0;
    }

    private void InitializeElements()
    {
        for (int i = 0; i < _definition.Elements.Count; i++)
        {
            ElementSegment segment = _definition.Elements[i];
            if (segment.Mode == SegmentMode.Active)
                InitTable(segment.Table, i, (uint)Evaluate(segment.Offset), 0, (uint)segment.Items.Length);
            if (segment.Mode != SegmentMode.Passive)
                DropElements(i);
        }
    }

    private void InitializeData()
    {
        for (int i = 0; i < _definition.Data.Count; i++)
        {
            DataSegment segment = _definition.Data[i];
            if (segment.Mode != SegmentMode.Active)
                continue;
            GuestSupport.MemoryInit(_context, i, (int)Evaluate(segment.Offset), 0, segment.Length);
            DropData(i);
        }
    }
}
