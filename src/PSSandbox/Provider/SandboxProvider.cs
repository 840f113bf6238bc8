using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;
using PSSandbox.Sandboxes;

namespace PSSandbox.Provider;

/// <summary>The drive <c>Sandbox:</c>. Its folders are the sandboxes by name; in each are that sandbox's files.</summary>
[CmdletProvider("Sandbox", ProviderCapabilities.ShouldProcess | ProviderCapabilities.Filter)]
[OutputType(typeof(Sandbox), typeof(SandboxItem), ProviderCmdlet = ProviderCmdlet.GetItem)]
[OutputType(typeof(Sandbox), typeof(SandboxItem), ProviderCmdlet = ProviderCmdlet.GetChildItem)]
public sealed partial class SandboxProvider : NavigationCmdletProvider
{
    /// <inheritdoc/>
    protected override Collection<PSDriveInfo> InitializeDefaultDrives() =>
        [new PSDriveInfo("Sandbox", ProviderInfo, "", "Sandboxes and the files in them", null)];

    /// <inheritdoc/>
    protected override bool IsValidPath(string path) => true;

    /// <inheritdoc/>
    protected override bool ItemExists(string path) => SandboxPath.Parse(path).Exists();

    /// <inheritdoc/>
    protected override bool IsItemContainer(string path) => SandboxPath.Parse(path).IsContainer();

    /// <inheritdoc/>
    protected override void GetItem(string path) => Guard(path, at =>
    {
        if (at.IsRoot)
            WriteItemObject(PSDriveInfo, path, true);
        else if (at.IsSandbox)
            WriteItemObject(at.Sandbox(), path, true);
        else
            Write(at.Sandbox().GetItem(at.Inner), path);
    });

    /// <inheritdoc/>
    protected override void GetChildItems(string path, bool recurse) => GetChildItems(path, recurse, uint.MaxValue);

    /// <inheritdoc/>
    protected override void GetChildItems(string path, bool recurse, uint depth) =>
        ForEachChild(path, recurse ? depth : 0, (item, at, container) => WriteItemObject(item, at, container));

    /// <inheritdoc/>
    protected override void GetChildNames(string path, ReturnContainers returnContainers) =>
        ForEachChild(path, 0, (item, at, container) => WriteItemObject(item is Sandbox sandbox ? sandbox.Name : ((SandboxItem)item).Name, at, container));

    /// <inheritdoc/>
    protected override bool HasChildItems(string path)
    {
        SandboxPath at = SandboxPath.Parse(path);
        if (at.IsRoot)
            return SandboxRegistry.Default.Sandboxes.Count > 0;
        return at.IsContainer() && at.Sandbox().GetItems(at.Inner).Count > 0;
    }

    /// <inheritdoc/>
    protected override void NewItem(string path, string itemTypeName, object newItemValue) => Change(path, "New-Item", at =>
    {
        Sandbox sandbox = at.Sandbox();
        string text = newItemValue is null ? "" : LanguagePrimitives.ConvertTo<string>(newItemValue);
        switch ((itemTypeName ?? "File").ToUpperInvariant())
        {
            case "DIRECTORY" or "CONTAINER" or "D":
                sandbox.MakeDirectory(at.Inner);
                break;
            case "SYMBOLICLINK" or "LINK":
                sandbox.MakeLink(at.Inner, text);
                break;
            case "FILE" or "LEAF" or "F":
                if (!Force && sandbox.ItemExists(at.Inner))
                    throw new SandboxException(SandboxErrorCode.FileOperationFailed, $"'{at.Inner}' exists already; -Force writes it anew.");
                sandbox.WriteFile(at.Inner, System.Text.Encoding.UTF8.GetBytes(text));
                break;
            default:
                throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{itemTypeName}' is no type of item here: File, Directory or SymbolicLink.");
        }

        Write(sandbox.GetItem(at.Inner), path);
    });

    /// <inheritdoc/>
    protected override void RemoveItem(string path, bool recurse) => Change(path, "Remove-Item", at => at.Sandbox().RemoveItem(at.Inner, recurse));

    /// <inheritdoc/>
    protected override void RenameItem(string path, string newName) => Change(path, "Rename-Item", at =>
    {
        string target = at.Inner[..(at.Inner.LastIndexOf('/') + 1)] + newName;
        at.Sandbox().MoveItem(at.Inner, target);
        Write(at.Sandbox().GetItem(target), MakePath(GetParentPath(path, null), newName));
    });

    /// <inheritdoc/>
    protected override void MoveItem(string path, string destination) => Change(path, "Move-Item", at =>
    {
        SandboxPath to = Into(destination, at);
        if (at.Sandbox() == to.Sandbox())
        {
            at.Sandbox().MoveItem(at.Inner, to.Inner);
            return;
        }

        Copy(at.Sandbox(), at.Inner, to.Sandbox(), to.Inner, true);
        at.Sandbox().RemoveItem(at.Inner, recurse: true);
    });

    /// <inheritdoc/>
    protected override void CopyItem(string path, string copyPath, bool recurse) => Change(path, "Copy-Item", at =>
    {
        SandboxPath to = Into(copyPath, at);
        Copy(at.Sandbox(), at.Inner, to.Sandbox(), to.Inner, recurse);
    });

    private static SandboxPath Into(string destination, SandboxPath source)
    {
        SandboxPath to = SandboxPath.Parse(destination);
        string name = source.Inner[(source.Inner.LastIndexOf('/') + 1)..];
        return to.IsContainer() && name.Length > 0 ? SandboxPath.Parse(destination + "/" + name) : to;
    }

    private static void Copy(Sandbox from, string path, Sandbox to, string target, bool recurse)
    {
        if (from == to && (target + "/").StartsWith(path + "/", StringComparison.Ordinal))
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{path}' cannot be copied to '{target}', into itself.");
        SandboxItem item = from.GetItem(path);
        if (item.IsLink)
        {
            to.MakeLink(target, item.LinkTarget!);
            return;
        }

        if (!item.IsContainer)
        {
            to.WriteFile(target, from.ReadFile(path), item.UnixMode & 0xfff);
            to.SetMode(target, item.UnixMode);
            to.SetLastWriteTime(target, item.LastWriteTime);
            return;
        }

        to.MakeDirectory(target);
        foreach (SandboxItem child in recurse ? from.GetItems(path) : [])
            Copy(from, child.FullName, to, $"{target.TrimEnd('/')}/{child.Name}", true);
    }

    private void ForEachChild(string path, uint depth, Action<object, string, bool> write) => Guard(path, at =>
    {
        WildcardPattern? filter = string.IsNullOrEmpty(Filter) ? null : new WildcardPattern(Filter, WildcardOptions.IgnoreCase);
        Walk(path, depth, filter, write);
    });

    private void Walk(string path, uint depth, WildcardPattern? filter, Action<object, string, bool> write)
    {
        var pending = new Stack<(string Path, uint Depth)>();
        pending.Push((path, depth));
        while (pending.TryPop(out (string Path, uint Depth) next) && !Stopping)
        {
            SandboxPath at = SandboxPath.Parse(next.Path);
            if (at.IsRoot)
            {
                foreach (Sandbox sandbox in SandboxRegistry.Default.Sandboxes)
                    One(sandbox, sandbox.Name, true);
                continue;
            }

            if (!at.IsContainer())
            {
                SandboxItem item = at.Sandbox().GetItem(at.Inner);
                write(item, next.Path, item.IsContainer);
                continue;
            }

            foreach (SandboxItem item in at.Sandbox().GetItems(at.Inner))
                One(item, item.Name, item.IsContainer);

            void One(object item, string name, bool container)
            {
                string child = MakePath(next.Path, name);
                if (filter is null || filter.IsMatch(name))
                    write(item, child, container);
                if (container && next.Depth > 0)
                    pending.Push((child, next.Depth - 1));
            }
        }
    }

    private void Write(SandboxItem item, string path) => WriteItemObject(item, path, item.IsContainer);

    private void Change(string path, string action, Action<SandboxPath> change) => Guard(path, at =>
    {
        if (at.IsRoot || at.IsSandbox)
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"{action} works on files in a sandbox; for whole sandboxes there are New-Sandbox, Copy-Sandbox and Remove-Sandbox.");
        if (ShouldProcess(path, action))
            change(at);
    });

    private void Guard(string path, Action<SandboxPath> action)
    {
        try
        {
            action(SandboxPath.Parse(path));
        }
        catch (SandboxException e)
        {
            WriteError(ErrorRecords.From(e, path));
        }
    }
}
