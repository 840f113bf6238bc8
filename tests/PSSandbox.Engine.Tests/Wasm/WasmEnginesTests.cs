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
        string? named = WasmEngines.Named("auto", Environment.GetEnvironmentVariable(WasmEngines.EnvironmentVariable));
        Assert.Equal(named ?? WasmEngines.Available[0], choice!.Engine.Name);
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

    [Theory]
    [InlineData("auto", null, null)]
    [InlineData("auto", "", null)]
    [InlineData("auto", "Auto", null)]
    [InlineData("Auto", "managed", "managed")]
    [InlineData("auto", "fast", "fast")]
    [InlineData("wasmtime", "managed", null)]
    [InlineData("fast", "managed", null)]
    public void TheEnvironmentNamesAnEngineWhereNothingElseDoes(string name, string? environment, string? expected) =>
        Assert.Equal(expected, WasmEngines.Named(name, environment));

    [Fact]
    public void UnknownNameIsRefused() => Assert.Throws<ArgumentException>(() => WasmEngines.TrySelect("fast", out _, out _));
}
