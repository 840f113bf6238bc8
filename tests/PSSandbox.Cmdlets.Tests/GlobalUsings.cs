global using Xunit;

// Sandboxes are shared by all runspaces of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
