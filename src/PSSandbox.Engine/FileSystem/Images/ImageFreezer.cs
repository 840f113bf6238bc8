namespace PSSandbox.FileSystem;

/// <summary>Makes an image of a live tree. Directories that nobody touched are taken over as they are; depth costs no stack.</summary>
internal static class ImageFreezer
{
    private sealed class Frame(MemoryDirectory directory)
    {
        public readonly MemoryDirectory Directory = directory;
        public readonly List<(string Name, MemoryNode? Node, FrozenNode? Frozen)> Names = directory.Snapshot();
        public readonly List<FrozenEntry> Done = [];
        public int Next;
    }

    /// <summary>Freezes a file system's tree as it is now.</summary>
    public static Image Freeze(MemoryFileSystem fileSystem)
    {
        // Renaming directories waits meanwhile, so that none is met twice or never.
        lock (fileSystem.RenameLock)
        {
            FrozenDirectory root = fileSystem.Root.Untouched ?? FreezeTree(fileSystem.Root);
            return new Image(root, fileSystem.LastInode);
        }
    }

    private static FrozenDirectory FreezeTree(MemoryDirectory root)
    {
        var linked = new Dictionary<MemoryNode, FrozenNode>();
        var stack = new Stack<Frame>();
        stack.Push(new Frame(root));
        while (true)
        {
            Frame frame = stack.Peek();
            if (frame.Next < frame.Names.Count)
            {
                (string name, MemoryNode? node, FrozenNode? frozen) = frame.Names[frame.Next++];
                if (frozen is null && node is MemoryDirectory directory)
                {
                    frozen = directory.Untouched;
                    if (frozen is null)
                    {
                        stack.Push(new Frame(directory));
                        continue;
                    }
                }

                frozen ??= FreezeLeaf(node!, linked);
                frame.Done.Add(new FrozenEntry(name, frozen));
                continue;
            }

            stack.Pop();
            FrozenDirectory done = frame.Directory.Freeze([.. frame.Done]);
            if (stack.Count == 0)
                return done;
            Frame above = stack.Peek();
            above.Done.Add(new FrozenEntry(above.Names[above.Next - 1].Name, done));
        }
    }

    private static FrozenNode FreezeLeaf(MemoryNode node, Dictionary<MemoryNode, FrozenNode> linked)
    {
        if (node.Links > 1 && linked.TryGetValue(node, out FrozenNode? known))
            return known;
        FrozenNode frozen = node switch
        {
            MemoryFile file => file.Freeze(),
            MemorySymbolicLink link => link.Freeze(),
            MemoryFifo fifo => fifo.Freeze(),
            MemoryDevice device => device.Freeze(),
            _ => throw new InvalidOperationException("a memory file system holds no other nodes"),
        };
        if (node.Links > 1)
            linked[node] = frozen;
        return frozen;
    }
}
