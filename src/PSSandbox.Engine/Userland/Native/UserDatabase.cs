using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>The users and groups of a sandbox, read from its /etc/passwd and /etc/group when first asked for.</summary>
internal sealed class UserDatabase(Process process)
{
    private string[][]? _users;
    private string[][]? _groups;

    private string[][] Users => _users ??= ReadTable("/etc/passwd", 7);

    private string[][] Groups => _groups ??= ReadTable("/etc/group", 4);

    /// <summary>A user's name; null if the number has none.</summary>
    public string? UserName(int id) => Find(Users, 2, Text(id))?[0];

    /// <summary>A group's name; null if the number has none.</summary>
    public string? GroupName(int id) => Find(Groups, 2, Text(id))?[0];

    /// <summary>A user's name, or the number.</summary>
    public string UserLabel(int id) => UserName(id) ?? Text(id);

    /// <summary>The number of a user given by name or number.</summary>
    public bool TryFindUser(string user, out int id, out int group)
    {
        string[]? entry = Find(Users, 0, user);
        group = 0;
        if (entry is not null)
            return int.TryParse(entry[2], CultureInfo.InvariantCulture, out id) & int.TryParse(entry[3], CultureInfo.InvariantCulture, out group);
        return int.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    /// <summary>The number of a group given by name or number.</summary>
    public bool TryFindGroup(string group, out int id) =>
        int.TryParse(Find(Groups, 0, group)?[2] ?? group, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    /// <summary>The groups that list a user as a member.</summary>
    public IEnumerable<int> GroupsOf(string user)
    {
        foreach (string[] group in Groups)
        {
            if (Array.IndexOf(group[3].Split(','), user) >= 0 && int.TryParse(group[2], CultureInfo.InvariantCulture, out int id))
                yield return id;
        }
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static string[]? Find(string[][] table, int column, string value) => Array.Find(table, row => row[column] == value);

    private string[][] ReadTable(string path, int columns)
    {
        if (FileText.Read(process, path, out string? text) != Errno.None)
            return [];
        var rows = new List<string[]>();
        foreach (string line in text!.Split('\n'))
        {
            string[] row = line.Split(':');
            if (row.Length >= columns)
                rows.Add(row);
        }

        return [.. rows];
    }
}
