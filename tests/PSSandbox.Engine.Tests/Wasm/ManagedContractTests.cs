using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm;

/// <summary>The contract on the engine without native code.</summary>
public sealed class ManagedContractTests : EngineContractTests
{
    private protected override IWasmEngine Engine()
    {
        Assert.True(WasmEngines.TrySelect(WasmEngines.Managed, out WasmEngineChoice? choice, out _));
        return choice!.Engine;
    }
}
