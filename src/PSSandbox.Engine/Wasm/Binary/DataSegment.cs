namespace PSSandbox.Wasm.Binary;

/// <summary>A data segment; its bytes are a window of the module.</summary>
internal sealed record DataSegment(SegmentMode Mode, ConstantExpression Offset, int Start, int Length);
