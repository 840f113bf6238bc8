using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm.Wasmtime;

/// <summary>The contract on the current long-term version.</summary>
public sealed class Wasmtime48ContractTests : EngineContractTests
{
    private protected override IWasmEngine Engine() => WasmtimeLibraries.Engine("48.0.0");
}
