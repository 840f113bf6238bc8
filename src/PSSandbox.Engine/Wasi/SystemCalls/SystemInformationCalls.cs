using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>version, times, uname.</summary>
internal static class SystemInformationCalls
{
    /// <summary>Version of this interface (PSSANDBOX_ABI).</summary>
    private const int Abi = 1;

    private const int NameSize = 65;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("version", "", Version),
        new("times", "i", Times),
        new("uname", "i", Names),
    ];

    private static int Version(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) => Abi;

    /// <summary>CPU time in microseconds: own, 0, the children's, 0; the kernel's own share is in the first.</summary>
    private static int Times(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (!memory.TrySlice(arguments[0].I32, 4 * sizeof(long), out Span<byte> target))
            return Result(Errno.EFAULT);
        var fields = new FieldWriter(target);
        fields.Int64((long)process.Process.CpuTime.TotalMicroseconds);
        fields.Int64(0);
        fields.Int64((long)process.Process.ChildrenCpuTime.TotalMicroseconds);
        fields.Int64(0);
        return 0;
    }

    private static int Names(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        ReadOnlySpan<string> names =
        [
            SystemIdentity.SystemName, process.Process.Kernel.HostName, SystemIdentity.Release, SystemIdentity.Version, SystemIdentity.Machine, "(none)",
        ];
        if (!memory.TrySlice(arguments[0].I32, names.Length * NameSize, out Span<byte> target))
            return Result(Errno.EFAULT);
        target.Clear();
        for (int i = 0; i < names.Length; i++)
        {
            ReadOnlySpan<char> name = names[i];
            Encoding.Latin1.GetBytes(name[..Math.Min(name.Length, NameSize - 1)], target[(i * NameSize)..]);
        }

        return 0;
    }
}
