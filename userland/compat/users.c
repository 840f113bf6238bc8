/* users.c: ids and priorities. Names are looked up in /etc/passwd and /etc/group by BusyBox itself. */
#include "kernel.h"

#define ALONE 1000 /* the user and group on a host that has none */

static int id(int which, int otherwise) { return compat_kernel ? pssb_getid(which) : otherwise; }
uid_t getuid(void) { return id(PSSB_UID, ALONE); }
uid_t geteuid(void) { return id(PSSB_EUID, ALONE); }
gid_t getgid(void) { return id(PSSB_GID, ALONE); }
gid_t getegid(void) { return id(PSSB_EGID, ALONE); }
pid_t getpid(void) { return id(PSSB_PID, 2); }
pid_t getppid(void) { return id(PSSB_PPID, 1); }
pid_t getpgrp(void) { return id(PSSB_PGRP, 2); }
pid_t getsid(pid_t pid) { return pid != 0 && pid != getpid() ? compat_refuse(EPERM) : id(PSSB_SID, 2); }
int setpgid(pid_t pid, pid_t group) { return compat_result(compat_kernel ? pssb_setpgid(pid, group) : -ENOSYS); }
pid_t setsid(void) { return compat_result(compat_kernel ? pssb_setsid() : -ENOSYS); }
int setuid(uid_t uid) { return compat_result(compat_kernel ? pssb_setuid(uid) : -ENOSYS); }
int setgid(gid_t gid) { return compat_result(compat_kernel ? pssb_setgid(gid) : -ENOSYS); }
int getgroups(int n, gid_t list[])
{
	if (n > 0)
		list[0] = getegid();
	return 1;
}

int getpriority(int which, id_t who)
{
	int n;
	(void)which;
	if (!compat_kernel)
		return 0;
	n = compat_result(pssb_getpriority(who));
	return n < 0 ? n : 20 - n;
}
int setpriority(int which, id_t who, int nice)
{
	(void)which;
	return compat_result(compat_kernel ? pssb_setpriority(who, nice) : -ENOSYS);
}
