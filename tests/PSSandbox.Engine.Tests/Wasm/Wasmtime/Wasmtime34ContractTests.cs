using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm.Wasmtime;

/// <summary>The contract on the oldest supported version.</summary>
public sealed class Wasmtime34ContractTests : EngineContractTests
{
    private protected override IWasmEngine Engine() => WasmtimeLibraries.Engine("34.0.0");
}
