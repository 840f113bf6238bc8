using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed;

/// <summary>A module with its imports bound, and the blocks of its former instances.</summary>
internal sealed class ManagedTemplate : IWasmTemplate, IDisposable
{
    private readonly BlockPool? _pool;
    private readonly Lazy<ManagedTemplate> _metered;

    /// <summary>Makes a template. Instances that are linked to each other are not pooled: others may refer to them.</summary>
    internal ManagedTemplate(ManagedModule module, LoadedCode code, HostFunction?[] hostFunctions, LinkedImports? linked)
    {
        Module = module;
        Code = code;
        HostFunctions = hostFunctions!;
        Linked = linked;
        _pool = linked is null ? new BlockPool() : null;
        _metered = new Lazy<ManagedTemplate>(() => module.Keep(new ManagedTemplate(module, module.MeteredCode, hostFunctions, linked)));
        Image = MemoryImage.Create(module.Definition);
        DroppedData = new bool[module.Definition.Data.Count];
        for (int i = 0; i < DroppedData.Length; i++)
            DroppedData[i] = module.Definition.Data[i].Mode == SegmentMode.Active;
        DroppedElements = new bool[module.Definition.Elements.Count];
        for (int i = 0; i < DroppedElements.Length; i++)
            DroppedElements[i] = module.Definition.Elements[i].Mode != SegmentMode.Passive;
    }

    /// <inheritdoc/>
    IWasmModule IWasmTemplate.Module => Module;

    /// <summary>The module.</summary>
    internal ManagedModule Module { get; }

    /// <summary>The code that its instances run: the module's, or that which counts fuel.</summary>
    internal LoadedCode Code { get; }

    /// <summary>The functions of the host, by index of the import.</summary>
    internal HostFunction[] HostFunctions { get; }

    /// <summary>What comes from other instances, if anything.</summary>
    internal LinkedImports? Linked { get; }

    /// <summary>What memory is at first, where that is the same for all instances.</summary>
    internal MemoryImage? Image { get; }

    /// <summary>Which data segments are dropped once an instance was initialised.</summary>
    internal bool[] DroppedData { get; }

    /// <summary>Which element segments are dropped once an instance was initialised.</summary>
    internal bool[] DroppedElements { get; }

    /// <inheritdoc/>
    IWasmInstance IWasmTemplate.Instantiate(object? state, in WasmLimits limits) => Instantiate(state, limits);

    /// <summary>Makes an instance.</summary>
    public ManagedInstance Instantiate(object? state, in WasmLimits limits)
    {
        // Code that counts is another translation, with blocks of its own, because these hold addresses of functions.
        if (limits.Fuel > 0 && ReferenceEquals(Code, Module.Code))
            return _metered.Value.Instantiate(state, limits);
        ManagedInstance instance = new(this, TakeBlock(limits), state, limits);
        try
        {
            instance.Initialize();
        }
        catch
        {
            // What others of the store may already refer to must stay.
            if (Linked is null)
                instance.Dispose();
            throw;
        }

        return instance;
    }

    /// <summary>Frees the blocks that wait.</summary>
    public void Dispose() => _pool?.Dispose();

    /// <summary>Takes back the block of an instance that has ended: wiped, or freed where that is not possible.</summary>
    internal void Return(InstanceBlock block)
    {
        if (_pool is null || !block.Prepared || !Wipe(block))
            block.Dispose();
        else
            _pool.Return(block);
    }

    private bool Wipe(InstanceBlock block)
    {
        ModuleDefinition definition = Module.Definition;
        long length = definition is { Memory: { } memory, MemoryIsImported: false } ? (long)memory.Minimum * MemoryType.PageSize : 0;
        return block.ResetMemory(length, Image);
    }

    private InstanceBlock TakeBlock(in WasmLimits limits)
    {
        ModuleDefinition definition = Module.Definition;
        bool ownsMemory = definition is { Memory: not null, MemoryIsImported: false };
        MemoryType memory = definition.Memory ?? default;
        long initial = ownsMemory ? (long)memory.Minimum * MemoryType.PageSize : 0;
        long maximum = ownsMemory ? ManagedMemory.MaximumBytes(memory, limits) : 0;
        if (initial > maximum)
            throw new WasmLinkException($"the module needs {initial} bytes of memory, the limit is {maximum}");
        if (_pool?.TryTake(maximum) is { } used)
            return used;

        // Address space for the declared size lets the block serve any limit later.
        long declared = ownsMemory ? ManagedMemory.MaximumBytes(memory, default) : 0;
        InstanceBlock block = InstanceBlock.TryCreate(Code.Layout.Size, initial, declared, definition.Tables.Count)
            ?? InstanceBlock.TryCreate(Code.Layout.Size, initial, maximum, definition.Tables.Count)
            ?? throw new WasmLinkException("no memory for the instance");
        if (Image is null || Image.TryPut(block.Border))
            return block;
        block.Dispose();
        throw new WasmLinkException("no memory for the instance");
    }
}
