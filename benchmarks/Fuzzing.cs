using System.Diagnostics;
using PSSandbox.Fuzzing;
using PSSandbox.Wasm.Managed;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Benchmarks;

/// <summary>Made-up modules on both engines, for as long as is wanted. A module on which they differ is kept in out/fuzz.</summary>
internal static class Fuzzing
{
    private const int MutantsPerModule = 40;

    /// <summary>Runs the modules of a range of seeds that begins at <paramref name="seed"/>.</summary>
    /// <returns>Whether no difference was found.</returns>
    public static bool Run(TimeSpan duration, ulong seed)
    {
        if (!WasmtimeEngine.TryCreate(new WasmtimeOptions(), out WasmtimeEngine? native, out string? reason))
        {
            Console.Error.WriteLine($"fuzzing compares two engines: {reason}");
            return false;
        }

        using ManagedEngine managed = new();
        using WasmtimeEngine wasmtime = native!;
        DifferentialFuzzer programs = new(managed, wasmtime);
        ValidityFuzzer validity = new(new NativeValidator(wasmtime));
        int differences = 0;
        long begin = Stopwatch.GetTimestamp();
        long told = begin;
        ulong next = seed;
        for (; Stopwatch.GetElapsedTime(begin) < duration; next++)
        {
            foreach (Difference? difference in (Difference?[])[programs.Try(next), validity.Try(next, MutantsPerModule)])
            {
                if (difference is null)
                    continue;
                differences++;
                Console.WriteLine(difference);
                string folder = Directory.CreateDirectory("out/fuzz").FullName;
                File.WriteAllBytes(Path.Combine(folder, $"{difference.Seed}.wasm"), difference.Binary);
            }

            if (Stopwatch.GetElapsedTime(told).TotalSeconds > 30)
            {
                told = Stopwatch.GetTimestamp();
                Tell();
            }
        }

        Tell();
        return differences == 0;

        void Tell() => Console.WriteLine(
            $"seeds {seed} to {next - 1}: {programs.Compared} modules compared, {programs.Calls.Results} calls with results and {programs.Calls.Traps} with traps, "
            + $"{programs.LeftOut} left out; {validity.Accepted} mutants valid, {validity.Refused} not, {validity.LeftOut} left out; {differences} differences");
    }
}
