namespace PSSandbox.FileSystem;

/// <content>Pathname resolution.</content>
internal sealed partial class VirtualFileSystem
{
    private enum LastKind
    {
        /// <summary>A name.</summary>
        Name,

        /// <summary>Nothing but slashes.</summary>
        Root,

        /// <summary>".".</summary>
        Dot,

        /// <summary>"..".</summary>
        DotDot,
    }

    /// <summary>
    /// Resolves a path to a node. ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG; EINVAL for a NUL in it.
    /// </summary>
    /// <param name="c">From where and as whom.</param>
    /// <param name="path">The path.</param>
    /// <param name="followLast">Whether a symbolic link in the last component is followed; one before a trailing slash always is.</param>
    /// <param name="node">The node.</param>
    public Errno Resolve(in PathContext c, ReadOnlySpan<char> path, bool followLast, out Node? node)
    {
        var walk = new Walk(this, c);
        Errno errno = walk.Begin(path);
        node = null;
        return errno != Errno.None ? errno : walk.Finish(followLast, out node);
    }

    /// <summary>
    /// One resolution in progress. Stops before the last component: then <see cref="Directory"/> is where it is to be
    /// looked for and <see cref="Last"/> its name. Depth costs no stack: links are followed with a list of remainders.
    /// </summary>
    private ref struct Walk
    {
        private readonly VirtualFileSystem _files;
        private readonly Node _root;
        private readonly Credentials _user;
        private readonly IBlockingCaller? _caller;
        private ReadOnlySpan<char> _rest;                   // what is left of the present text
        private string? _text;                              // the link's target that _rest is part of; null in the path itself
        private ReadOnlySpan<char> _path;                   // what is left of the path while a link's target is walked
        private bool _pathPending;
        private (string Text, int Position)[]? _remainders;
        private int _pending;                               // remainders to come back to, _path among them
        private int _links;

        public Walk(VirtualFileSystem files, in PathContext context)
        {
            _files = files;
            _root = context.Root;
            _user = context.User;
            _caller = context.Caller;
            Directory = context.Start;
        }

        public Node Directory;
        public ReadOnlySpan<char> Last;
        public LastKind Kind;
        public bool TrailingSlash;

        /// <summary>Walks to the last component.</summary>
        public Errno Begin(ReadOnlySpan<char> path)
        {
            if (path.IsEmpty)
                return Errno.ENOENT;
            if (path.Length >= MaxPath)
                return Errno.ENAMETOOLONG;
            if (path.Contains('\0'))
                return Errno.EINVAL;
            if (path[0] == '/')
                Directory = _root;
            else if (!Directory.IsDirectory)
                return Errno.ENOTDIR;
            _rest = path;
            return Advance();
        }

        /// <summary>Looks up the last component, following links as asked.</summary>
        public Errno Finish(bool follow, out Node? node)
        {
            while (true)
            {
                Errno errno = Look(out node);
                if (errno != Errno.None)
                    return errno;
                if (node!.Type == FileType.SymbolicLink && (follow || TrailingSlash))
                {
                    errno = Follow(node, out node);
                    if (errno != Errno.None || node is not null)
                        return errno;
                    continue;
                }

                return TrailingSlash && !node.IsDirectory ? Errno.ENOTDIR : Errno.None;
            }
        }

        /// <summary>Looks up the last component, following no link; crosses mount points.</summary>
        public readonly Errno Look(out Node? node)
        {
            node = null;
            if (Kind == LastKind.Root)
            {
                node = Directory;
                return Errno.None;
            }

            Errno errno = CheckSearch(Directory, _user);
            if (errno != Errno.None)
                return errno;
            switch (Kind)
            {
                case LastKind.Dot:
                    node = Directory;
                    return Errno.None;
                case LastKind.DotDot:
                    node = _files.Up(Directory, _root);
                    return Errno.None;
                default:
                    errno = Directory.Lookup(Last, out node);
                    if (errno == Errno.None && node!.IsMountPoint)
                        node = _files.Cross(node);
                    return errno;
            }
        }

        /// <summary>
        /// Follows the symbolic link that is the last component. For a link of /proc this is the <paramref name="target"/>
        /// itself; else the walk goes on to the last component of the link's target and <paramref name="target"/> is null.
        /// </summary>
        public Errno Follow(Node link, out Node? target)
        {
            target = null;
            Errno errno = Enter(link, out bool jumped);
            if (errno != Errno.None)
                return errno;
            if (!jumped)
                return Advance();
            target = Directory;
            return TrailingSlash && !target.IsDirectory ? Errno.ENOTDIR : Errno.None;
        }

        private Errno Advance()
        {
            while (true)
            {
                int start = _rest.IndexOfAnyExcept('/');
                if (start < 0)
                {
                    if (_pending > 0)
                    {
                        Pop();
                        continue;
                    }

                    Kind = LastKind.Root;
                    Last = default;
                    return Errno.None;
                }

                _rest = _rest[start..];
                int end = _rest.IndexOf('/');
                ReadOnlySpan<char> name = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? default : _rest[end..];
                if (name.Length > MaxName)
                    return Errno.ENAMETOOLONG;
                LastKind kind = name[0] != '.' ? LastKind.Name
                    : name.Length == 1 ? LastKind.Dot
                    : name.Length == 2 && name[1] == '.' ? LastKind.DotDot
                    : LastKind.Name;

                if (_pending == 0 && !_rest.ContainsAnyExcept('/'))
                {
                    TrailingSlash |= !_rest.IsEmpty;
                    _rest = default;
                    Last = name;
                    Kind = kind;
                    return Errno.None;
                }

                Errno errno = Step(name, kind);
                if (errno != Errno.None)
                    return errno;
            }
        }

        private Errno Step(ReadOnlySpan<char> name, LastKind kind)
        {
            Errno errno = CheckSearch(Directory, _user);
            if (errno != Errno.None || kind == LastKind.Dot)
                return errno;
            if (kind == LastKind.DotDot)
            {
                Directory = _files.Up(Directory, _root);
                return Errno.None;
            }

            errno = Directory.Lookup(name, out Node? child);
            if (errno != Errno.None)
                return errno;
            FileType type = child!.Type;
            if (type == FileType.SymbolicLink)
            {
                errno = Enter(child, out bool jumped);
                return errno != Errno.None ? errno : jumped && !Directory.IsDirectory ? Errno.ENOTDIR : Errno.None;
            }

            if (type != FileType.Directory)
                return Errno.ENOTDIR;
            Directory = child.IsMountPoint ? _files.Cross(child) : child;
            return Errno.None;
        }

        /// <summary>Turns to a link's target: pushes what is left, or jumps to the node that the link stands for.</summary>
        private Errno Enter(Node link, out bool jumped)
        {
            jumped = false;
            if (++_links > MaxLinks)
                return Errno.ELOOP;
            if (link.MagicTarget is { } magic)
            {
                Directory = magic;
                jumped = true;
                return Errno.None;
            }

            Errno errno = link.ReadLink(_caller, out string target);
            if (errno != Errno.None)
                return errno;
            if (target.Length == 0)
                return Errno.ENOENT;
            if (target.Length >= MaxPath)
                return Errno.ENAMETOOLONG;
            if (target.Contains('\0', StringComparison.Ordinal))
                return Errno.EINVAL;
            if (_rest.ContainsAnyExcept('/'))
                Push();
            if (target[0] == '/')
                Directory = _root;
            _text = target;
            _rest = target;
            return Errno.None;
        }

        private void Push()
        {
            if (_text is null)
            {
                _path = _rest;
                _pathPending = true;
            }
            else
            {
                _remainders ??= new (string, int)[MaxLinks];
                _remainders[_pending] = (_text, _text.Length - _rest.Length);
            }

            _pending++;
        }

        private void Pop()
        {
            _pending--;
            if (_pending == 0 && _pathPending)
            {
                _rest = _path;
                _text = null;
                _pathPending = false;
            }
            else
            {
                (_text, int position) = _remainders![_pending];
                _rest = _text.AsSpan(position);
            }
        }
    }
}
