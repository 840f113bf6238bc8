using PSSandbox.FileSystem;

namespace PSSandbox.Shell.Expansion;

/// <summary>Tilde expansion (POSIX.1-2024 XCU 2.6.1): home directories from HOME and the sandbox's /etc/passwd.</summary>
internal static class TildeExpansion
{
    private const int MaxPasswdBytes = 1 << 20;

    /// <summary>The directory that a tilde-prefix names; null where it names none and stays as it is.</summary>
    /// <param name="user">What follows the tilde: nothing, a login name, <c>+</c> or <c>-</c>.</param>
    /// <param name="host">The shell.</param>
    public static string? Find(string user, IExpansionHost host) => user switch
    {
        "" => host.Variables.Get("HOME") ?? HomeOf(null, host),
        "+" => host.Variables.Get("PWD"),
        "-" => host.Variables.Get("OLDPWD"),
        _ when user.AsSpan().TrimStart("+-").ContainsAnyExceptInRange('0', '9') => HomeOf(user, host),
        _ => host.DirectoryOnStack(user),
    };

    /// <summary>The home directory of a user, by name, or of the process's own (null).</summary>
    private static string? HomeOf(string? name, IExpansionHost host)
    {
        string own = IntegerText.Format(host.Process.User.UserId);
        foreach (string line in ReadPasswd(host).Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length >= 6 && (name is null ? fields[2] == own : fields[0] == name))
                return fields[5];
        }

        return null;
    }

    private static string ReadPasswd(IExpansionHost host)
    {
        if (host.Process.Kernel.Files.Open(host.Process.Paths, "/etc/passwd", OpenFlags.ReadOnly, 0, out OpenFile? file) != Errno.None || file is null)
            return "";
        try
        {
            System.Text.StringBuilder text = new();
            byte[] buffer = new byte[8192];
            while (text.Length < MaxPasswdBytes && file.Read(buffer, host.Process, out int count) == Errno.None && count > 0)
                text.Append(ByteText.FromBytes(buffer.AsSpan(0, count)));
            return text.ToString();
        }
        finally
        {
            file.Release();
        }
    }
}
