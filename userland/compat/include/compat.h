/*
 * compat.h: force-included before every file of BusyBox and of the compatibility layer. What wasi-libc's headers
 * leave out or number otherwise than Linux, whose numbers the kernel's calls (pssandbox.h) take.
 */
#ifndef COMPAT_H
#define COMPAT_H
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

/* --- file types: in wasi-libc S_IFIFO equals S_IFSOCK, which makes duplicate case labels --- */
#undef S_IFMT
#undef S_IFIFO
#undef S_ISFIFO
#define S_IFMT 0xf000
#define S_IFIFO 0x1000
#define S_ISFIFO(m) (((m) & S_IFMT) == S_IFIFO)

/* --- flags of open, fcntl and the *at calls: Linux's; files.c translates for a host that is not the kernel --- */
#undef O_RDONLY
#undef O_WRONLY
#undef O_RDWR
#undef O_ACCMODE
#undef O_EXEC
#undef O_SEARCH
#undef O_CREAT
#undef O_EXCL
#undef O_NOCTTY
#undef O_TRUNC
#undef O_APPEND
#undef O_NONBLOCK
#undef O_DSYNC
#undef O_RSYNC
#undef O_SYNC
#undef O_DIRECTORY
#undef O_NOFOLLOW
#undef O_CLOEXEC
#define O_RDONLY 0
#define O_WRONLY 01
#define O_RDWR 02
#define O_ACCMODE 03
#define O_CREAT 0100
#define O_EXCL 0200
#define O_NOCTTY 0400
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NONBLOCK 04000
#define O_NDELAY O_NONBLOCK
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#define O_CLOEXEC 02000000
#define O_SYNC 0
#define O_DSYNC 0
#define O_DIRECT 0
#define O_NOATIME 0
#ifndef F_DUPFD
# define F_DUPFD 0
#endif
#define F_DUPFD_CLOEXEC 1030
#define F_SETLK 6
#define F_SETLKW 7
#define SOCK_RAW 3
#define SOCK_RDM 4
#define SOCK_SEQPACKET 15

/* --- the environment is fetched from the host when it is first asked for --- */
char **(*compat_environ(void));
#define environ (*compat_environ())

/* --- processes, descriptors --- */
pid_t fork(void); pid_t vfork(void); pid_t setsid(void); pid_t getppid(void); pid_t getpgrp(void); int setpgrp(void);
int setpgid(pid_t, pid_t); pid_t getpgid(pid_t); pid_t getsid(pid_t);
int execv(const char *, char *const []); int execvp(const char *, char *const []);
int execve(const char *, char *const [], char *const []); int execlp(const char *, const char *, ...);
int pipe(int [2]); int dup(int); int dup2(int, int);
int system(const char *); FILE *popen(const char *, const char *); int pclose(FILE *);
int fchdir(int); int chroot(const char *); void sync(void); int syncfs(int); int getpagesize(void); unsigned alarm(unsigned);
#define PRIO_PROCESS 0
int getpriority(int, id_t); int setpriority(int, id_t, int);
/* starts argv[0], searched along PATH, with its descriptors 0 and 1 being `in` and `out` where these are >= 0;
   `closed`, where >= 0, is one that it must not inherit. The pid, or -1 and errno. */
pid_t compat_spawn(char *const argv[], int in, int out, int closed);

/* --- users --- */
uid_t getuid(void); uid_t geteuid(void); gid_t getgid(void); gid_t getegid(void);
int setuid(uid_t); int setgid(gid_t); int seteuid(uid_t); int setegid(gid_t);
int getgroups(int, gid_t []); int setgroups(size_t, const gid_t *); int initgroups(const char *, gid_t);

/* --- modes, owners, special files --- */
mode_t umask(mode_t); int chmod(const char *, mode_t); int fchmod(int, mode_t);
int chown(const char *, uid_t, gid_t); int lchown(const char *, uid_t, gid_t); int fchown(int, uid_t, gid_t);
int mknod(const char *, mode_t, dev_t); int mkfifo(const char *, mode_t);
int utimes(const char *, const struct timeval [2]); int lutimes(const char *, const struct timeval [2]);

/* --- temporary names, paths, terminal --- */
char *mktemp(char *); int mkstemp(char *); char *mkdtemp(char *); char *realpath(const char *, char *);
int ttyname_r(int, char *, size_t); pid_t tcgetpgrp(int); int tcsetpgrp(int, pid_t);

/* --- signals: wasi-libc has the numbers only --- */
typedef struct { uint64_t bits; } compat_sigset_t;
#define sigset_t compat_sigset_t
typedef void siginfo_t;
#undef SIG_ERR
#undef SIG_DFL
#undef SIG_IGN
#define SIG_ERR ((void (*)(int))-1)
#define SIG_DFL ((void (*)(int))0)
#define SIG_IGN ((void (*)(int))1)
struct sigaction { void (*sa_handler)(int); sigset_t sa_mask; int sa_flags; };
#define SA_RESTART 0x10000000
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
int sigaction(int, const struct sigaction *, struct sigaction *);
int sigemptyset(sigset_t *); int sigfillset(sigset_t *); int sigaddset(sigset_t *, int); int sigdelset(sigset_t *, int);
int sigprocmask(int, const sigset_t *, sigset_t *); int sigsuspend(const sigset_t *); int kill(pid_t, int);
int sigtimedwait(const sigset_t *, siginfo_t *, const struct timespec *);

struct rlimit { unsigned long long rlim_cur, rlim_max; };
#define RLIMIT_FSIZE 1
#define RLIMIT_DATA 2
#define RLIMIT_STACK 3
#define RLIMIT_CORE 4
#define RLIM_INFINITY (~0ULL)
int getrlimit(int, struct rlimit *); int setrlimit(int, const struct rlimit *);

/* --- time --- */
void tzset(void); extern long timezone; extern int daylight; extern char *tzname[2];
int clock_settime(clockid_t, const struct timespec *); int settimeofday(const struct timeval *, const void *);

/* --- errors.c: an errno by Linux's number, for awk's ERRNO --- */
int compat_linux_errno(int);

/* --- fast.c: what a stream has buffered, and where a line ends: at a certain character or NUL, or after n bytes --- */
const char *compat_buffered(FILE *, size_t *); void compat_consume(FILE *, size_t);
size_t compat_line_end(const char *, size_t n, char);
/* copies n bytes, and up to 15 more, between what does not overlap */
typedef char compat_bytes __attribute__((vector_size(16), aligned(1), may_alias));
static inline void compat_copy(char *to, const char *from, size_t n)
{
	for (size_t i = 0; i < n; i += 16)
		*(compat_bytes *)(to + i) = *(const compat_bytes *)(from + i);
}
/* counts newlines and, unless `words` is NULL, words as wc does; *word: whether one has begun at the end */
void compat_count(const char *, size_t, uint64_t *lines, uint64_t *words, int *word);

/* --- words.c --- */
/* a text that is split into words; of both strings up to 16 more bytes than the text's are used */
struct compat_words { const char *from; char *to; size_t len, at; uint32_t spaces; };
void compat_begin_words(struct compat_words *, const char *from, char *to, size_t len);
/* the next words, each with a NUL at its end, in `to`; how many: fewer than `most` where there are no more */
size_t compat_words(struct compat_words *, char **words, size_t most);

/* --- pattern.c --- */
/* the first place of a string of m bytes (at least one) among n; NULL: there is none */
const char *compat_find(const char *, size_t n, const char *, size_t m);

/* --- text.c --- */
/* reverses bytes; false, and nothing done, if any is NUL or not ASCII */
_Bool compat_reverse(char *, size_t);
/* how many bytes, up to `most`, there are before one that is not a column of its own: \n and, unless `bytes`, \b, \t, \r
   and the bytes after the first of a character */
size_t compat_columns(const char *, size_t, size_t most, _Bool bytes);
/* adds to every byte from low to high */
void compat_shift(char *, size_t, unsigned char low, unsigned char high, unsigned char by);
/* encodes as many steps of 12 bytes as there are with 4 more bytes to read after each; how many bytes it took */
int compat_base64(char *out, const void *, int);

/* --- records.c --- */
/* a line that is to be sorted, without its end, which is NUL; at least 16 more bytes can be read after it */
struct compat_record { char *line; size_t len; uint64_t number; };
/* of two pointers to records, which are pointers to lines */
typedef int compat_compare(const void *, const void *);
/* finds a text's lines, each of which a NUL or, if `newline`, a \n ends, or the text's end; how many there are. Writes a NUL
   after each, and describes it, unless `a` is NULL. 16 more bytes than n belong to the text. */
size_t compat_lines(char *text, size_t n, _Bool newline, struct compat_record *a);
/* all three are stable, and use tmp, of n records. By number; by a comparison; by the lines' bytes, which changes the numbers: */
void compat_sort_numbers(struct compat_record *a, struct compat_record *tmp, size_t n);
void compat_sort_records(struct compat_record *a, struct compat_record *tmp, size_t n, compat_compare *);
void compat_sort_lines(struct compat_record *a, struct compat_record *tmp, size_t n);
#endif
