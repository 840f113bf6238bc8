using PSSandbox.Wasm;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Tests.Wasm.Wasmtime;

/// <summary>The contract on whichever library the environment names.</summary>
public sealed class WasmtimeNamedContractTests : EngineContractTests
{
    private protected override IWasmEngine Engine()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(WasmtimeLocator.EnvironmentVariable)))
            Assert.Skip($"needs {WasmtimeLocator.EnvironmentVariable} to name a library");
        Assert.True(WasmEngines.TrySelect(WasmEngines.Wasmtime, out WasmEngineChoice? choice, out string? reason), reason);
        return choice!.Engine;
    }
}
