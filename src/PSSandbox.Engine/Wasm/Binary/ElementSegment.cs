namespace PSSandbox.Wasm.Binary;

/// <summary>An element segment.</summary>
internal sealed record ElementSegment(SegmentMode Mode, WasmValueType Type, int Table, ConstantExpression Offset, ConstantExpression[] Items);
