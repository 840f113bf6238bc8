namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// Where things are in an instance's context: the unmanaged block that ends where its memory begins. Generated code
/// gets the address of that border as its first argument, so one register reaches the memory above and the context
/// below. Offsets are negative; those of variable parts are in <see cref="ContextLayout"/>.
/// </summary>
internal static class Context
{
    /// <summary>Length of the memory that begins at the border, in bytes (8 bytes).</summary>
    public const int MemoryLength = -8;

    /// <summary>A stack pointer below this one calls <see cref="GuestSupport.OnEntry"/>; all ones when interrupted (8 bytes).</summary>
    public const int StackLimit = -16;

    /// <summary>Not zero when loops shall call <see cref="GuestSupport.OnLoop"/> (4 bytes).</summary>
    public const int Interrupt = -24;

    /// <summary>Always 0, which the just-in-time compiler does not know (4 bytes).</summary>
    public const int Zero = -20;

    /// <summary>Handle of the <see cref="ManagedInstance"/> (8 bytes).</summary>
    public const int Owner = -32;

    /// <summary>The border of the block whose memory this instance uses: its own, or that of an imported memory (8 bytes).</summary>
    public const int MemoryBase = -40;

    /// <summary>The fuel that is left (8 bytes).</summary>
    public const int Fuel = -48;

    /// <summary>The real end of the stack that a guest may use, behind <see cref="StackLimit"/> (8 bytes).</summary>
    public const int RealStackLimit = -56;

    /// <summary>Address of <see cref="SaveSlots"/> slots of 16 bytes, where loops keep their locals while they are interrupted (8 bytes).</summary>
    public const int SaveArea = -64;

    /// <summary>Slots of a save area.</summary>
    public const int SaveSlots = 64;

    /// <summary>Bytes of the fixed part.</summary>
    public const int FixedSize = 64;
}
