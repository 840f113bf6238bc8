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
    protected override string GetParentPath(string path, string root) => string.IsNullOrEmpty(path) ? "" : base.GetParentPath(path, root);

    /// <inheritdoc/>
    protected override string GetChildName(string path) => string.IsNullOrEmpty(path) ? "" : base.GetChildName(path);

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
    protected override object GetChildItemsDynamicParameters(string path, bool recurse) => new ChildItemParameters();

    /// <inheritdoc/>
    protected override void GetChildNames(string path, ReturnContainers returnContainers) =>
        ForEachChild(path, 0, (item, at, container) => WriteItemObject(item is Sandbox sandbox ? sandbox.Name : ((SandboxItem)item).Name, at, container), returnContainers);

    /// <inheritdoc/>
    protected override object GetChildNamesDynamicParameters(string path) => new ChildItemParameters();

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
        RefuseReplacement(at);
        switch ((itemTypeName ?? "File").ToUpperInvariant())
        {
            case "DIRECTORY" or "CONTAINER" or "D":
                sandbox.MakeDirectory(at.Inner);
                break;
            case "SYMBOLICLINK" or "LINK":
                if (sandbox.ItemExists(at.Inner))
                    sandbox.RemoveItem(at.Inner);
                sandbox.MakeLink(at.Inner, text);
                break;
            case "FILE" or "LEAF" or "F":
                sandbox.WriteFile(at.Inner, System.Text.Encoding.UTF8.GetBytes(text));
                break;
            default:
                throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{itemTypeName}' is not a type of item here: use File, Directory or SymbolicLink.");
        }

        Write(sandbox.GetItem(at.Inner), path);
    });

    /// <inheritdoc/>
    protected override void RemoveItem(string path, bool recurse) => Change(path, "Remove-Item", at => at.Sandbox().RemoveItem(at.Inner, recurse));

    /// <inheritdoc/>
    protected override void RenameItem(string path, string newName) => Change(path, "Rename-Item", at =>
    {
        if (newName.AsSpan().ContainsAny('/', '\\') || newName is "." or "..")
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{newName}' is not a name: use Move-Item to move an item to another folder.");
        string target = at.Inner[..(at.Inner.LastIndexOf('/') + 1)] + newName;
        if (at.Sandbox().ItemExists(target))
            throw new SandboxException(SandboxErrorCode.FileOperationFailed, $"'{target}' already exists.");
        at.Sandbox().MoveItem(at.Inner, target);
        Write(at.Sandbox().GetItem(target), MakePath(GetParentPath(path, ""), newName));
    });

    /// <inheritdoc/>
    protected override void MoveItem(string path, string destination) => Change(path, "Move-Item", at =>
    {
        SandboxPath to = Into(destination, at);
        RefuseReplacement(to);
        if (at.Sandbox() == to.Sandbox())
        {
            at.Sandbox().MoveItem(at.Inner, to.Inner);
        }
        else
        {
            Copy(at.Sandbox(), at.Inner, to.Sandbox(), to.Inner, true);
            at.Sandbox().RemoveItem(at.Inner, recurse: true);
        }

        Write(to.Sandbox().GetItem(to.Inner), to.Path);
    });

    /// <inheritdoc/>
    protected override void CopyItem(string path, string copyPath, bool recurse) => Change(path, "Copy-Item", at =>
    {
        SandboxPath to = Into(copyPath, at);
        Copy(at.Sandbox(), at.Inner, to.Sandbox(), to.Inner, recurse);
        Write(to.Sandbox().GetItem(to.Inner), to.Path);
    });

    private void RefuseReplacement(SandboxPath at)
    {
        if (!Force && at.Sandbox().ItemExists(at.Inner))
            throw new SandboxException(SandboxErrorCode.FileOperationFailed, $"'{at.Inner}' already exists; use -Force to replace it.");
    }

    private static SandboxPath Into(string destination, SandboxPath source)
    {
        SandboxPath to = SandboxPath.Parse(destination);
        string name = source.Inner[(source.Inner.LastIndexOf('/') + 1)..];
        return to.IsContainer() && name.Length > 0 ? SandboxPath.Parse(destination + "/" + name) : to;
    }

    private static void Copy(Sandbox from, string path, Sandbox to, string target, bool recurse)
    {
        if (from == to && (target + "/").StartsWith(path + "/", StringComparison.Ordinal))
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"'{path}' cannot be copied into itself ('{target}').");
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

        bool made = !to.ItemExists(target);
        to.MakeDirectory(target);
        foreach (SandboxItem child in recurse ? from.GetItems(path) : [])
            Copy(from, child.FullName, to, $"{target.TrimEnd('/')}/{child.Name}", true);
        if (made)
            to.SetMode(target, item.UnixMode);
    }

    private void ForEachChild(string path, uint depth, Action<object, string, bool> write, ReturnContainers containers = ReturnContainers.ReturnMatchingContainers) => Guard(path, at =>
    {
        WildcardPattern? filter = string.IsNullOrEmpty(Filter) ? null : new WildcardPattern(Filter, WildcardOptions.IgnoreCase);
        var parameters = DynamicParameters as ChildItemParameters;
        Walk(path, depth, filter, (item, child, container) =>
        {
            // All folders are asked for where PowerShell itself walks into them.
            if (parameters is null || parameters.Wants(container) || container && containers == ReturnContainers.ReturnAllContainers)
                write(item, child, container);
        });
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
            throw new SandboxException(SandboxErrorCode.InvalidOption, $"{action} works on files in a sandbox; use New-Sandbox, Copy-Sandbox and Remove-Sandbox for whole sandboxes.");
        if (ShouldProcess($"Sandbox:/{at.Path}", action))
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
