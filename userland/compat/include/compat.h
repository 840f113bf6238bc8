/* Force-included before every BusyBox file: what wasi-libc's headers leave out. */
#ifndef BBW_COMPAT_H
#define BBW_COMPAT_H
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/resource.h>
#include <sys/socket.h>
/* wasi-libc: S_IFIFO == S_IFSOCK (duplicate case labels) */
#undef S_IFIFO
#undef S_ISFIFO
#define S_IFIFO 0x1000
#define S_ISFIFO(m) (((m) & S_IFMT) == S_IFIFO)
#undef S_IFMT
#define S_IFMT 0xf000
#define SOCK_RAW 3
#define SOCK_RDM 4
#define SOCK_SEQPACKET 15
#define O_DIRECT 0
#define O_NDELAY O_NONBLOCK
#ifndef F_DUPFD
# define F_DUPFD 0
#endif
#define F_DUPFD_CLOEXEC 1030
#define F_SETLK 6
#define F_SETLKW 7
/* processes, descriptors */
pid_t fork(void); pid_t vfork(void); pid_t setsid(void); pid_t getppid(void); pid_t getpgrp(void); int setpgrp(void);
int setpgid(pid_t, pid_t); pid_t getpgid(pid_t); pid_t getsid(pid_t);
int execv(const char *, char *const []); int execvp(const char *, char *const []); int execve(const char *, char *const [], char *const []);
int execlp(const char *, const char *, ...); int execl(const char *, const char *, ...);
int pipe(int [2]); int dup(int); int dup2(int, int); int system(const char *); FILE *popen(const char *, const char *); int pclose(FILE *);
int fchdir(int); int chroot(const char *); void sync(void); int syncfs(int); int nice(int); int getpagesize(void);
unsigned alarm(unsigned); int pause(void); int daemon(int, int); int vhangup(void);
/* users */
uid_t getuid(void); uid_t geteuid(void); gid_t getgid(void); gid_t getegid(void);
int setuid(uid_t); int setgid(gid_t); int seteuid(uid_t); int setegid(gid_t); int setreuid(uid_t, uid_t); int setregid(gid_t, gid_t);
int getgroups(int, gid_t []); int setgroups(size_t, const gid_t *); int initgroups(const char *, gid_t);
/* modes, owners, special files */
mode_t umask(mode_t); int chmod(const char *, mode_t); int fchmod(int, mode_t); int lchmod(const char *, mode_t);
int chown(const char *, uid_t, gid_t); int lchown(const char *, uid_t, gid_t); int fchown(int, uid_t, gid_t);
int mknod(const char *, mode_t, dev_t); int mkfifo(const char *, mode_t);
int utimes(const char *, const struct timeval [2]); int lutimes(const char *, const struct timeval [2]);
/* temporary names, paths, terminal */
char *mktemp(char *); int mkstemp(char *); char *mkdtemp(char *); FILE *tmpfile(void); char *realpath(const char *, char *);
char *ttyname(int); int ttyname_r(int, char *, size_t); pid_t tcgetpgrp(int); int tcsetpgrp(int, pid_t);
/* signals: wasi-emulated-signal has signal()/raise() only */
typedef void siginfo_t;
struct sigaction { void (*sa_handler)(int); sigset_t sa_mask; int sa_flags; };
#define SA_RESTART 0x10000000
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
int sigaction(int, const struct sigaction *, struct sigaction *);
int sigemptyset(sigset_t *); int sigfillset(sigset_t *); int sigaddset(sigset_t *, int); int sigdelset(sigset_t *, int);
int sigprocmask(int, const sigset_t *, sigset_t *); int sigsuspend(const sigset_t *); int kill(pid_t, int); int killpg(pid_t, int);
int sigtimedwait(const sigset_t *, siginfo_t *, const struct timespec *);
#ifndef WASI_NO_RLIMIT
struct rlimit { unsigned long long rlim_cur, rlim_max; };
#define RLIMIT_DATA 2
#define RLIMIT_STACK 3
#define RLIMIT_CORE 4
#define RLIMIT_FSIZE 1
#define RLIM_INFINITY (~0ULL)
int getrlimit(int, struct rlimit *); int setrlimit(int, const struct rlimit *);
#endif
#define PRIO_PROCESS 0
int getpriority(int, id_t); int setpriority(int, id_t, int);
int bbw_tmpfd(void); int bbw_defer_filter(int, const char *); /* stubs.c, for our two patches */
/* fast.c: what a stream has buffered, and where a line (or a NUL) ends */
const char *compat_buffered(FILE *, size_t *); void compat_consume(FILE *, size_t); size_t compat_line_end(const char *, size_t, int);
void tzset(void); extern long timezone; extern char *tzname[2];
int clock_settime(clockid_t, const struct timespec *); int stime(const time_t *); int settimeofday(const struct timeval *, const void *);
#endif
