using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm;

public sealed class WasmEnginesTests
{
    [Fact]
    public void ManagedIsAlwaysThere()
    {
        Assert.True(WasmEngines.TrySelect("Managed", out WasmEngineChoice? choice, out _));
        Assert.Equal("managed", choice!.Engine.Name);
        Assert.Contains(WasmEngines.Managed, WasmEngines.Available);
    }

    [Fact]
    public void AutoTakesTheFirstOfThoseAvailableAndSaysWhy()
    {
        Assert.True(WasmEngines.TrySelect("auto", out WasmEngineChoice? choice, out _));
        Assert.Equal(WasmEngines.Available[0], choice!.Engine.Name);
        Assert.NotEmpty(choice.Explanation);
    }

    [Fact]
    public void WasmtimeIsThereOrItsAbsenceExplained()
    {
        bool found = WasmEngines.TrySelect("wasmtime", out WasmEngineChoice? choice, out string? reason);
        Assert.Equal(WasmEngines.Available.Contains(WasmEngines.Wasmtime), found);
        Assert.NotEqual(found, choice is null);
        Assert.Equal(found, string.IsNullOrEmpty(reason));
    }

    [Fact]
    public void EnginesAreShared()
    {
        Assert.True(WasmEngines.TrySelect("managed", out WasmEngineChoice? first, out _));
        Assert.True(WasmEngines.TrySelect("managed", out WasmEngineChoice? second, out _));
        Assert.Same(first!.Engine, second!.Engine);
    }

    [Fact]
    public void UnknownNameIsRefused() => Assert.Throws<ArgumentException>(() => WasmEngines.TrySelect("fast", out _, out _));
}
