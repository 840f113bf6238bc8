using System.Globalization;

namespace PSSandbox.Shell.Interpreter;

// Escapes of prompts (bash manual 6.9).
internal sealed partial class ShellInterpreter
{
    /// <inheritdoc/>
    public string? ExpandPromptEscape(char escape)
    {
        DateTime now = DateTime.UnixEpoch.AddTicks(Process.Kernel.Clock.RealNanoseconds / 100);
        CultureInfo culture = CultureInfo.InvariantCulture;
        switch (escape)
        {
            case 'w' or 'W':
                string directory = LogicalDirectory();
                string home = Variables.Get("HOME") ?? "";
                bool isHome = home.Length > 1 && (directory == home || directory.StartsWith(home + "/", StringComparison.Ordinal));
                if (escape == 'w')
                    return isHome ? string.Concat("~", directory.AsSpan(home.Length)) : directory;
                return directory == home ? "~" : directory.Length <= 1 ? directory : directory[(directory.LastIndexOf('/') + 1)..];
            case 'u':
                return Variables.Get("USER") ?? (Process.User.UserId == 0 ? "root" : Process.User.UserId.ToString(culture));
            case 'h':
                string host = Process.Kernel.HostName;
                return host.Contains('.') ? host[..host.IndexOf('.')] : host;
            case 'H':
                return Process.Kernel.HostName;
            case '$':
                return Process.User.UserId == 0 ? "#" : "$";
            case 's':
                return Name[(Name.LastIndexOf('/') + 1)..].TrimStart('-');
            case 'v':
                return "5.2";
            case 'V':
                return "5.2.15";
            case 'j':
                return (_jobs?.Jobs.Count ?? 0).ToString(culture);
            case '!' or '#':
                return (_input is { History: var history } ? history.FirstNumber + history.Entries.Count : 1).ToString(culture);
            case 'l':
                return "tty";
            case 'd':
                return now.ToString("ddd MMM dd", culture);
            case 't':
                return now.ToString("HH:mm:ss", culture);
            case 'T':
                return now.ToString("hh:mm:ss", culture);
            case '@':
                return now.ToString("hh:mm tt", culture);
            case 'A':
                return now.ToString("HH:mm", culture);
            default:
                return null;
        }
    }
}
