/*
 * pssandbox.h: the system calls that the sandbox's kernel offers beside WASI preview 1.
 *
 * Import module "pssandbox". Every function gives a value >= 0, or -errno with WASI's numbers (the ones that
 * wasi-libc has in <errno.h>). A path, an argument vector or an environment is a pointer and a length in bytes;
 * vectors are NUL-terminated strings one after the other. Descriptors are those of WASI's fd_* functions: a number
 * from open, dup, pipe works in fd_read, and the other way round. A dirfd below 0 means the working directory.
 *
 * A module that imports anything from here gets no preopened directories: it names files by path through open, and
 * descriptor 3 is free. A module that does not is an ordinary WASI program with `/` preopened.
 *
 * On a WASI host that is not this kernel the imports may be answered with -1 by whoever stubs them; version() then
 * gives something other than PSSANDBOX_ABI, and the program falls back on plain WASI.
 */
#ifndef PSSANDBOX_H
#define PSSANDBOX_H
#include <stdint.h>

#define PSSANDBOX_ABI 1
#define PSSANDBOX_CALL(name) __attribute__((import_module("pssandbox"), import_name(#name)))

/* --- files (POSIX open, fstatat, mkdirat ...) --- */

/* bits of `flags` for open and pipe: the values of Linux on x86-64 */
#define PSSB_O_WRONLY 01
#define PSSB_O_RDWR 02
#define PSSB_O_CREAT 0100
#define PSSB_O_EXCL 0200
#define PSSB_O_NOCTTY 0400
#define PSSB_O_TRUNC 01000
#define PSSB_O_APPEND 02000
#define PSSB_O_NONBLOCK 04000
#define PSSB_O_DIRECTORY 0200000
#define PSSB_O_NOFOLLOW 0400000
#define PSSB_O_CLOEXEC 02000000

#define PSSB_AT_SYMLINK_NOFOLLOW 0x100
#define PSSB_AT_REMOVEDIR 0x200
#define PSSB_AT_SYMLINK_FOLLOW 0x400
#define PSSB_AT_EMPTY_PATH 0x1000

struct pssb_stat {          /* 112 bytes, little endian */
	uint64_t dev, ino;
	uint32_t mode;          /* type and permission bits as on Linux: S_IFMT 0170000, S_IFIFO 0010000, S_IFSOCK 0140000 */
	uint32_t nlink, uid, gid;
	uint64_t rdev;
	int64_t size;
	uint32_t blksize, reserved;
	uint64_t blocks;        /* of 512 bytes */
	int64_t atime, mtime, ctime;                   /* seconds */
	uint32_t atime_nsec, mtime_nsec, ctime_nsec, reserved2;
};

struct pssb_time { int64_t sec; int64_t nsec; };   /* nsec may be PSSB_UTIME_NOW or PSSB_UTIME_OMIT */
#define PSSB_UTIME_NOW 0x3fffffff
#define PSSB_UTIME_OMIT 0x3ffffffe

struct pssb_statfs {        /* 64 bytes */
	uint64_t type, bsize, blocks, bfree, bavail, files, ffree, namelen;
};

PSSANDBOX_CALL(version) int pssb_version(void);
PSSANDBOX_CALL(open) int pssb_open(int dirfd, const char *path, unsigned len, int flags, unsigned mode);
PSSANDBOX_CALL(fstatat) int pssb_fstatat(int dirfd, const char *path, unsigned len, int flags, struct pssb_stat *out);
PSSANDBOX_CALL(statfs) int pssb_statfs(const char *path, unsigned len, struct pssb_statfs *out);
PSSANDBOX_CALL(faccessat) int pssb_faccessat(int dirfd, const char *path, unsigned len, int mode, int flags);
PSSANDBOX_CALL(mkdirat) int pssb_mkdirat(int dirfd, const char *path, unsigned len, unsigned mode);
PSSANDBOX_CALL(mknodat) int pssb_mknodat(int dirfd, const char *path, unsigned len, unsigned mode, uint64_t dev);
PSSANDBOX_CALL(unlinkat) int pssb_unlinkat(int dirfd, const char *path, unsigned len, int flags);
PSSANDBOX_CALL(renameat) int pssb_renameat(int fromfd, const char *from, unsigned flen, int tofd, const char *to, unsigned tlen);
PSSANDBOX_CALL(linkat) int pssb_linkat(int fromfd, const char *from, unsigned flen, int tofd, const char *to, unsigned tlen, int flags);
PSSANDBOX_CALL(symlinkat) int pssb_symlinkat(const char *target, unsigned tlen, int dirfd, const char *path, unsigned len);
PSSANDBOX_CALL(readlinkat) int pssb_readlinkat(int dirfd, const char *path, unsigned len, char *out, unsigned size);
PSSANDBOX_CALL(fchmodat) int pssb_fchmodat(int dirfd, const char *path, unsigned len, unsigned mode, int flags);
PSSANDBOX_CALL(fchownat) int pssb_fchownat(int dirfd, const char *path, unsigned len, unsigned uid, unsigned gid, int flags);
PSSANDBOX_CALL(utimensat) int pssb_utimensat(int dirfd, const char *path, unsigned len, const struct pssb_time times[2], int flags);
PSSANDBOX_CALL(chdir) int pssb_chdir(const char *path, unsigned len);
PSSANDBOX_CALL(fchdir) int pssb_fchdir(int fd);
PSSANDBOX_CALL(getcwd) int pssb_getcwd(char *out, unsigned size);  /* the length, without a NUL; -ERANGE */
PSSANDBOX_CALL(umask) int pssb_umask(unsigned mask);               /* the old mask; mask > 0777 only asks */

/* --- descriptors --- */
PSSANDBOX_CALL(dup) int pssb_dup(int fd, int least, int cloexec);
PSSANDBOX_CALL(dup2) int pssb_dup2(int from, int to, int cloexec);
PSSANDBOX_CALL(cloexec) int pssb_cloexec(int fd, int on);          /* 0, 1; on < 0 only asks: the old value */
PSSANDBOX_CALL(pipe) int pssb_pipe(int fds[2], int flags);

/* --- processes --- */

#define PSSB_SPAWN_PATH 1        /* a name without '/' is searched for along the child's PATH */
#define PSSB_SPAWN_PGROUP 2      /* the child leads a process group of its own */

struct pssb_action { int32_t op, fd, from; };      /* applied in the child, in order, before the program starts */
#define PSSB_ACTION_DUP2 0       /* dup2(from, fd) */
#define PSSB_ACTION_CLOSE 1      /* close(fd) */

/* The child inherits the working directory, umask, ids, ignored signals and the descriptors not marked cloexec.
   spawn gives the pid, or -ENOENT, -EACCES, -ENOEXEC, -EAGAIN, -ENOMEM: the program was found runnable before it returns. */
PSSANDBOX_CALL(spawn) int pssb_spawn(const char *path, unsigned len, const char *argv, unsigned argv_len,
	const char *envp, unsigned envp_len, const struct pssb_action *actions, unsigned n_actions, int flags);
PSSANDBOX_CALL(exec) int pssb_exec(const char *path, unsigned len, const char *argv, unsigned argv_len,
	const char *envp, unsigned envp_len, int flags);                /* returns only on error */
PSSANDBOX_CALL(waitpid) int pssb_waitpid(int pid, int *status, int options); /* status and WNOHANG 1, WUNTRACED 2 as on Linux */
PSSANDBOX_CALL(exit_status) int pssb_exit_status(int status);      /* the status if _start returns; no unwinding needed */
PSSANDBOX_CALL(kill) int pssb_kill(int pid, int sig);              /* Linux signal numbers */
PSSANDBOX_CALL(signal) int pssb_signal(int sig, int how);          /* 0 default, 1 ignore, 2 call __pssandbox_signal(sig); the old one */
PSSANDBOX_CALL(alarm) int pssb_alarm(unsigned milliseconds);       /* what was left of the former */
PSSANDBOX_CALL(getid) int pssb_getid(int which);
#define PSSB_PID 0
#define PSSB_PPID 1
#define PSSB_UID 2
#define PSSB_EUID 3
#define PSSB_GID 4
#define PSSB_EGID 5
#define PSSB_PGRP 6
#define PSSB_SID 7
PSSANDBOX_CALL(setpgid) int pssb_setpgid(int pid, int pgid);
PSSANDBOX_CALL(setsid) int pssb_setsid(void);
PSSANDBOX_CALL(setuid) int pssb_setuid(unsigned uid);
PSSANDBOX_CALL(setgid) int pssb_setgid(unsigned gid);
PSSANDBOX_CALL(getpriority) int pssb_getpriority(int pid);         /* 20 - nice: 1 to 40 */
PSSANDBOX_CALL(setpriority) int pssb_setpriority(int pid, int nice);
PSSANDBOX_CALL(times) int pssb_times(uint64_t out[4]);             /* user, system, children's user and system: microseconds */

/* --- message digests, by the platform's cryptography --- */

/* names: md5 sha1 sha256 sha384 sha512 sha3-256 sha3-384 sha3-512. open gives a handle, -ENOENT if the platform does not have
   it, -EMFILE; update how many bytes it took, fewer than given if a signal came; finish the digest's length, and closes the
   handle, also where size is 0 and nothing is written; -ERANGE if size is too little, then it stays open. */
PSSANDBOX_CALL(hash_open) int pssb_hash_open(const char *name, unsigned len);
PSSANDBOX_CALL(hash_update) int pssb_hash_update(int handle, const void *data, unsigned len);
PSSANDBOX_CALL(hash_finish) int pssb_hash_finish(int handle, void *out, unsigned size);

/* --- system and terminal --- */
PSSANDBOX_CALL(uname) int pssb_uname(char out[6][65]);             /* sysname, nodename, release, version, machine, domainname */
PSSANDBOX_CALL(tcgetattr) int pssb_tcgetattr(int fd, void *termios);          /* struct termios of <termios.h> here: 60 bytes as Linux's */
PSSANDBOX_CALL(tcsetattr) int pssb_tcsetattr(int fd, int action, const void *termios);
PSSANDBOX_CALL(winsize) int pssb_winsize(int fd, uint16_t out[4]); /* rows, columns, 0, 0 */

#endif
