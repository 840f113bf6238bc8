namespace PSSandbox.Shell.Expansion;

/// <summary>A state of a <see cref="FieldBuilder"/> to compare with later.</summary>
/// <param name="Length">Length of the field.</param>
/// <param name="Present">Whether it is made even if empty.</param>
/// <param name="Elements">Number of elements of lists so far.</param>
internal readonly record struct FieldMark(int Length, bool Present, int Elements);
