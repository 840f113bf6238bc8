namespace PSSandbox.Wasm.Binary;

/// <summary>
/// The opcodes that are treated one by one; all others are rows of <see cref="OpcodeTable"/>. A prefix is the high byte.
/// </summary>
internal static class Op
{
    public const ushort Unreachable = 0x00;
    public const ushort Nop = 0x01;
    public const ushort Block = 0x02;
    public const ushort Loop = 0x03;
    public const ushort If = 0x04;
    public const ushort Else = 0x05;
    public const ushort End = 0x0b;
    public const ushort Br = 0x0c;
    public const ushort BrIf = 0x0d;
    public const ushort BrTable = 0x0e;
    public const ushort Return = 0x0f;
    public const ushort Call = 0x10;
    public const ushort CallIndirect = 0x11;
    public const ushort Drop = 0x1a;
    public const ushort Select = 0x1b;
    public const ushort SelectTyped = 0x1c;
    public const ushort LocalGet = 0x20;
    public const ushort LocalSet = 0x21;
    public const ushort LocalTee = 0x22;
    public const ushort GlobalGet = 0x23;
    public const ushort GlobalSet = 0x24;
    public const ushort TableGet = 0x25;
    public const ushort TableSet = 0x26;
    public const ushort FirstLoad = 0x28;
    public const ushort LastLoad = 0x35;
    public const ushort FirstStore = 0x36;
    public const ushort LastStore = 0x3e;
    public const ushort MemorySize = 0x3f;
    public const ushort MemoryGrow = 0x40;
    public const ushort I32Const = 0x41;
    public const ushort I64Const = 0x42;
    public const ushort F32Const = 0x43;
    public const ushort F64Const = 0x44;
    public const ushort RefNull = 0xd0;
    public const ushort RefIsNull = 0xd1;
    public const ushort RefFunc = 0xd2;

    public const ushort MemoryInit = 0xfc08;
    public const ushort DataDrop = 0xfc09;
    public const ushort MemoryCopy = 0xfc0a;
    public const ushort MemoryFill = 0xfc0b;
    public const ushort TableInit = 0xfc0c;
    public const ushort ElementDrop = 0xfc0d;
    public const ushort TableCopy = 0xfc0e;
    public const ushort TableGrow = 0xfc0f;
    public const ushort TableSize = 0xfc10;
    public const ushort TableFill = 0xfc11;

    public const ushort V128Load = 0xfd00;
    public const ushort V128Store = 0xfd0b;
    public const ushort V128Const = 0xfd0c;
    public const ushort Shuffle = 0xfd0d;
    public const ushort FirstLoadLane = 0xfd54;
    public const ushort LastLoadLane = 0xfd57;
    public const ushort FirstStoreLane = 0xfd58;
    public const ushort LastStoreLane = 0xfd5b;
    public const ushort Load32Zero = 0xfd5c;
    public const ushort Load64Zero = 0xfd5d;
}
