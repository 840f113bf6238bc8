using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Shell.Interpreter;

/// <summary>A coprocess that runs, or of whose end the shell has not taken note.</summary>
/// <param name="Name">The array with its descriptors; <c>Name_PID</c> is its process id.</param>
/// <param name="Process">Its process.</param>
/// <param name="ReadDescriptor">Where the shell reads what it writes.</param>
/// <param name="Output">The file there.</param>
/// <param name="WriteDescriptor">Where the shell writes what it reads.</param>
/// <param name="Input">The file there.</param>
internal sealed record Coproc(string Name, Process Process, int ReadDescriptor, OpenFile Output, int WriteDescriptor, OpenFile Input);
