namespace PSSandbox.FileSystem;

/// <summary>The files of an empty system, laid out as Alpine Linux does: everything but the programs.</summary>
internal static class BaseImage
{
    private const int Sticky = 0x200;

    /// <summary>Adds them to an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="hostName">The host name in /etc/hostname and /etc/hosts.</param>
    public static ImageBuilder AddBaseFiles(this ImageBuilder image, string hostName = "sandbox")
    {
        ArgumentNullException.ThrowIfNull(image);
        foreach (string path in new[]
        {
            "/bin", "/dev", "/etc", "/home", "/lib", "/media", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp",
            "/usr/bin", "/usr/lib", "/usr/libexec", "/usr/local/bin", "/usr/local/lib", "/usr/local/sbin", "/usr/local/share",
            "/usr/sbin", "/usr/share", "/var/cache", "/var/empty", "/var/lib", "/var/local", "/var/log", "/var/mail", "/var/opt",
            "/var/spool/cron", "/run/lock", "/etc/profile.d", "/etc/skel",
        })
        {
            image.AddDirectory(path);
        }

        image.AddDirectory("/tmp", Sticky | 0x1ff).AddDirectory("/var/tmp", Sticky | 0x1ff).AddDirectory("/root", 0x1c0);
        image.AddDirectory("/proc", 0x16d).AddDirectory("/sys", 0x16d).AddDirectory("/var/empty", 0x16d).AddDirectory("/run/lock", Sticky | 0x1ff);
        image.AddSymbolicLink("/var/run", "/run").AddSymbolicLink("/var/lock", "/run/lock").AddSymbolicLink("/var/spool/mail", "/var/mail");
        AddConfiguration(image, hostName);
        AddDevices(image);
        return image;
    }

    private static void AddConfiguration(ImageBuilder image, string hostName)
    {
        image.AddFile("/etc/passwd", """
            root:x:0:0:root:/root:/bin/sh
            bin:x:1:1:bin:/bin:/sbin/nologin
            daemon:x:2:2:daemon:/sbin:/sbin/nologin
            mail:x:8:12:mail:/var/mail:/sbin/nologin
            guest:x:405:100:guest:/dev/null:/sbin/nologin
            user:x:1000:1000:user:/home/user:/bin/sh
            nobody:x:65534:65534:nobody:/:/sbin/nologin

            """);
        image.AddFile("/etc/group", """
            root:x:0:root
            bin:x:1:root,bin,daemon
            daemon:x:2:root,bin,daemon
            sys:x:3:root,bin
            adm:x:4:root,daemon
            tty:x:5:
            disk:x:6:root
            lp:x:7:lp
            kmem:x:9:
            wheel:x:10:root
            mail:x:12:mail
            users:x:100:games
            user:x:1000:
            nogroup:x:65533:
            nobody:x:65534:

            """);
        image.AddFile("/etc/shadow", "root:*::0:::::\nuser:!::0:::::\nnobody:!::0:::::\n", 0x1a0);
        image.AddDirectory("/home/user", 0x1ed, new Credentials(1000, 1000));
        image.AddFile("/etc/hostname", hostName + "\n");
        image.AddFile("/etc/hosts", $"127.0.0.1\tlocalhost localhost.localdomain\n::1\tlocalhost localhost.localdomain\n127.0.1.1\t{hostName}\n");
        image.AddFile("/etc/resolv.conf", "# The sandbox has no network unless its policy allows hosts.\n");
        image.AddFile("/etc/os-release", """
            NAME="PSSandbox"
            ID=pssandbox
            ID_LIKE=alpine
            VERSION_ID=0.1
            PRETTY_NAME="PSSandbox 0.1"

            """);
        image.AddFile("/etc/alpine-release", "3.22.0\n");
        image.AddFile("/etc/issue", "Welcome to PSSandbox\n");
        image.AddFile("/etc/motd", "");
        image.AddFile("/etc/profile", """
            export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
            export PAGER=less
            umask 022
            for script in /etc/profile.d/*.sh; do
            	if [ -r "$script" ]; then
            		. "$script"
            	fi
            done
            unset script

            """);
        image.AddFile("/etc/shells", "# valid login shells\n/bin/sh\n/bin/ash\n/bin/dash\n/bin/bash\n");
        image.AddFile("/etc/fstab", "");
        image.AddFile("/etc/protocols", "ip\t0\tIP\nicmp\t1\tICMP\ntcp\t6\tTCP\nudp\t17\tUDP\n");
        image.AddFile("/etc/services", """
            ftp	21/tcp
            ssh	22/tcp
            telnet	23/tcp
            smtp	25/tcp
            domain	53/tcp
            domain	53/udp
            http	80/tcp
            pop3	110/tcp
            ntp	123/udp
            imap2	143/tcp
            https	443/tcp

            """);
        image.AddFile("/etc/nsswitch.conf", "hosts: files dns\n");
        image.AddSymbolicLink("/etc/mtab", "/proc/mounts");
        image.AddSymbolicLink("/etc/localtime", "/usr/share/zoneinfo/UTC");
        image.AddFile("/etc/TZ", "UTC\n");
        image.AddFile("/usr/share/zoneinfo/UTC", UtcZone());
        image.AddFile("/var/log/wtmp", "", 0x1b4);
    }

    private static void AddDevices(ImageBuilder image)
    {
        image.AddDevice("/dev/null", DeviceTable.Null).AddDevice("/dev/zero", DeviceTable.Zero).AddDevice("/dev/full", DeviceTable.Full);
        image.AddDevice("/dev/random", DeviceTable.Random).AddDevice("/dev/urandom", DeviceTable.URandom);
        image.AddDevice("/dev/tty", DeviceTable.Tty).AddDevice("/dev/console", DeviceTable.Console, 0x180);
        image.AddDirectory("/dev/shm", Sticky | 0x1ff).AddDirectory("/dev/mqueue", Sticky | 0x1ff).AddDirectory("/dev/pts");
        image.AddSymbolicLink("/dev/fd", "/proc/self/fd");
        image.AddSymbolicLink("/dev/stdin", "/proc/self/fd/0");
        image.AddSymbolicLink("/dev/stdout", "/proc/self/fd/1");
        image.AddSymbolicLink("/dev/stderr", "/proc/self/fd/2");
    }

    /// <summary>A zone file (RFC 9636, version 2) of the zone UTC, which has one type and no transition.</summary>
    private static byte[] UtcZone()
    {
        byte[] block = new byte[44 + 6 + 4];
        "TZif2"u8.CopyTo(block);
        block[39] = 1;      // local time types
        block[43] = 4;      // bytes of names
        "UTC\0"u8.CopyTo(block.AsSpan(50));
        return [.. block, .. block, .. "\nUTC0\n"u8];
    }
}
