/* What BusyBox needs and wasi-libc lacks. (compat.h is force-included) */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <pwd.h>
#include <grp.h>
#include <setjmp.h>
#include <sys/wait.h>
#include <sys/statfs.h>
#include <wasi/api.h>
#include <wasi/libc.h>

#define NOSYS(decl) decl { errno = ENOSYS; return -1; }
#define OK0(decl) decl { return 0; }
#pragma clang diagnostic ignored "-Wunused-parameter"

/* --- start: WASI has no working directory, the host passes it as $PWD --- */
__attribute__((constructor)) static void bbw_init(void)
{
	const char *d = getenv("PWD");
	if (d && d[0] == '/')
		chdir(d);
}

/* --- running programs: nothing in WASI; with -DBBW_SPAWN one extra host import --- */
#ifdef BBW_SPAWN
__attribute__((import_module("bbhost"), import_name("spawn"))) /* exit status, or -errno */
int bbhost_spawn(char *const argv[], char **envp, const char *cwd, const char *in, const char *out);
#else
# define bbhost_spawn(a, e, c, i, o) (-ENOSYS)
#endif
static int run(char *const argv[], const char *in, const char *out)
{
	char cwd[PATH_MAX];
	int rc;
	fflush(NULL);
	if (!getcwd(cwd, sizeof(cwd))) return -1;
	rc = bbhost_spawn(argv, environ, cwd, in, out);
	if (rc < 0) { errno = -rc; return -1; }
	return rc;
}
int execvp(const char *f, char *const a[])
{
	int rc = run(a, NULL, NULL);
	if (rc >= 0)
		_exit(rc);
	return -1;
}
int __real_spawn_and_wait(char **argv);
int __wrap_spawn_and_wait(char **argv) /* find -exec, xargs */
{
	int rc = run(argv, NULL, NULL);
	return rc >= 0 || errno != ENOSYS ? rc : __real_spawn_and_wait(argv); /* NOFORK applets work without a host */
}
static int sh(const char *c, const char *in, const char *out)
{
	char *av[] = { (char*)"sh", (char*)"-c", (char*)c, NULL };
	int rc = run(av, in, out);
	return rc < 0 ? rc : rc << 8;
}
int system(const char *c) { return sh(c, NULL, NULL); }
static struct pp { struct pp *next; FILE *f; char name[32], *cmd; int rc; } *pps; /* popen: by temporary file */
FILE *popen(const char *c, const char *m)
{
	struct pp *p = malloc(sizeof(*p));
	int fd;
	if (!p || (fd = mkstemp(strcpy(p->name, "/tmp/bbXXXXXX"))) < 0)
		return NULL;
	p->cmd = *m == 'w' ? strdup(c) : NULL;
	if (*m == 'r') {
		p->rc = sh(c, NULL, p->name);
		if (p->rc < 0) { close(fd); unlink(p->name); return NULL; }
	}
	p->f = fdopen(fd, *m == 'w' ? "w" : "r");
	p->next = pps;
	pps = p;
	return p->f;
}
int pclose(FILE *f)
{
	for (struct pp *p = pps; p; p = p->next)
		if (p->f == f) {
			fclose(f);
			p->f = NULL;
			if (p->cmd) p->rc = sh(p->cmd, p->name, NULL);
			unlink(p->name);
			return p->rc;
		}
	return -1;
}

/* --- processes: none --- */
NOSYS(pid_t fork(void))
NOSYS(pid_t vfork(void))
NOSYS(int pipe(int fd[2]))
pid_t wait(int *st) { errno = ECHILD; return -1; }
int dup2(int, int);
static int tmp_open(int *second)
{
	const char *d = getenv("TMPDIR");
	char name[PATH_MAX];
	int fd;
	if (!d || snprintf(name, sizeof(name), "%s/bbXXXXXX", d) >= (int)sizeof(name) || (fd = mkstemp(name)) < 0)
		if ((fd = mkstemp(strcpy(name, "/tmp/bbXXXXXX"))) < 0)
			fd = mkstemp(strcpy(name, "./.bbXXXXXX"));
	if (fd >= 0) {
		if (second)
			*second = open(name, O_RDONLY);
		unlink(name);
	}
	return fd;
}
int bbw_tmpfd(void) { return tmp_open(NULL); }
/* tar c[zj]: fd becomes a temporary file; the real output is kept until tar waits for its compressor */
int gzip_main(int, char **), bzip2_main(int, char **);
static int (*filter_main)(int, char **), filter_out, filter_in;
int bbw_defer_filter(int fd, const char *prog)
{
	int tmp;
	filter_main = strcmp(prog, "gzip") == 0 ? gzip_main : strcmp(prog, "bzip2") == 0 ? bzip2_main : NULL;
	if (!filter_main) { errno = ENOSYS; return -1; }
	tmp = tmp_open(&filter_in);
	filter_out = open("/", O_RDONLY | O_DIRECTORY); /* just a number to move to */
	return tmp < 0 || dup2(fd, filter_out) < 0 || dup2(tmp, fd) < 0 ? -1 : 0;
}
pid_t waitpid(pid_t p, int *st, int o)
{
	char *av[] = { (char*)"gzip", (char*)"-f", NULL };
	if (!filter_main) { errno = ECHILD; return -1; }
	if (dup2(filter_in, 0) < 0 || dup2(filter_out, 1) < 0)
		return -1;
	*st = filter_main(2, av) << 8;
	filter_main = NULL;
	return 2;
}
pid_t getppid(void) { return 1; }

/* ed uses open(f, 0); wasi-libc's O_RDONLY isn't 0 */
int __real_open(const char *, int, ...);
int __wrap_open(const char *p, int fl, ...) { return __real_open(p, fl & O_ACCMODE ? fl : fl | O_RDONLY, 0666); }

/* no SIGPIPE in WASI: end like a process killed by it */
#include <sys/uio.h>
ssize_t __real_write(int, const void *, size_t);
ssize_t __real_writev(int, const struct iovec *, int);
static ssize_t epipe(ssize_t n) { if (n < 0 && errno == EPIPE) _Exit(141); return n; }
ssize_t __wrap_write(int fd, const void *b, size_t n) { return epipe(__real_write(fd, b, n)); }
ssize_t __wrap_writev(int fd, const struct iovec *v, int n) { return epipe(__real_writev(fd, v, n)); }

/* --- descriptors: dup2() is used as "move" (xmove_fd), WASI has renumber --- */
int dup(int fd) { errno = ENOSYS; return -1; }
int dup2(int from, int to)
{
	__wasi_fdstat_t st;
	__wasi_prestat_t pre;
	if (from == to)
		return to;
	if (__wasi_fd_prestat_get(to, &pre) == 0) { /* unzip wants fd 3, our root: give the root another number */
		char name[PATH_MAX];
		int n;
		if (pre.u.dir.pr_name_len >= sizeof(name) || __wasi_fd_prestat_dir_name(to, (uint8_t *)name, pre.u.dir.pr_name_len) != 0)
			return -1;
		name[pre.u.dir.pr_name_len] = 0;
		n = open(name, O_RDONLY | O_DIRECTORY);
		if (n < 0 || __wasilibc_fd_renumber(to, n) != 0 || __wasilibc_register_preopened_fd(n, name) != 0)
			return -1;
	}
	while (__wasi_fd_fdstat_get(to, &st) != 0) { /* target must exist: fill the lowest free slots up to it */
		int n = open("/", O_RDONLY | O_DIRECTORY);
		if (n < 0)
			return -1;
		if (n > to) { close(n); errno = EBADF; return -1; }
	}
	return __wasilibc_fd_renumber(from, to) < 0 ? -1 : to;
}

/* --- users: one --- */
static struct passwd pw = { (char*)"user", (char*)"", 1000, 1000, (char*)"", (char*)"/", (char*)"/bin/sh" };
static struct group gr = { (char*)"user", (char*)"", 1000, NULL };
uid_t getuid(void) { return pw.pw_uid; }
uid_t geteuid(void) { return pw.pw_uid; }
gid_t getgid(void) { return gr.gr_gid; }
gid_t getegid(void) { return gr.gr_gid; }
int getgroups(int n, gid_t l[]) { if (n > 0) l[0] = gr.gr_gid; return 1; }
struct passwd *getpwuid(uid_t u) { return u == pw.pw_uid ? &pw : NULL; }
struct passwd *getpwnam(const char *n) { return strcmp(n, pw.pw_name) == 0 ? &pw : NULL; }
struct group *getgrgid(gid_t g) { return g == gr.gr_gid ? &gr : NULL; }
struct group *getgrnam(const char *n) { return strcmp(n, gr.gr_name) == 0 ? &gr : NULL; }

/* --- modes and owners: WASI keeps none; accept and forget --- */
OK0(int chmod(const char *p, mode_t m))
OK0(int fchmod(int fd, mode_t m))
OK0(int chown(const char *p, uid_t u, gid_t g))
OK0(int lchown(const char *p, uid_t u, gid_t g))
OK0(int fchown(int fd, uid_t u, gid_t g))
mode_t umask(mode_t m) { static mode_t cur = 022; mode_t old = cur; cur = m & 0777; return old; }
NOSYS(int mknod(const char *p, mode_t m, dev_t d))
NOSYS(int statfs(const char *p, struct statfs *s))
static int fill(int rc, struct stat *st)
{
	if (rc == 0) {
		st->st_uid = pw.pw_uid;
		st->st_gid = gr.gr_gid;
		if (S_ISDIR(st->st_mode)) st->st_mode |= 0755;
		else if (S_ISLNK(st->st_mode)) st->st_mode |= 0777;
		else if (S_ISCHR(st->st_mode)) st->st_mode |= 0666;
		else st->st_mode |= 0644;
		if (st->st_blksize == 0) st->st_blksize = 4096;
		if (st->st_blocks == 0) st->st_blocks = (st->st_size + 511) >> 9;
	}
	return rc;
}
int __real_stat(const char *, struct stat *);
int __real_lstat(const char *, struct stat *);
int __real_fstat(int, struct stat *);
int __wrap_stat(const char *p, struct stat *st) { return fill(__real_stat(p, st), st); }
int __wrap_lstat(const char *p, struct stat *st) { return fill(__real_lstat(p, st), st); }
int __wrap_fstat(int fd, struct stat *st) { return fill(__real_fstat(fd, st), st); }

/* Debian's wasi-libc rejects UTIME_NOW/UTIME_OMIT for the second time */
static const struct timespec *times(const struct timespec in[2], struct timespec out[2], const struct stat *st)
{
	for (int i = 0; i < 2; i++) {
		out[i] = in ? in[i] : (struct timespec){ 0, UTIME_NOW };
		if (out[i].tv_nsec == UTIME_NOW) clock_gettime(CLOCK_REALTIME, &out[i]);
		else if (out[i].tv_nsec == UTIME_OMIT) out[i] = i ? st->st_mtim : st->st_atim;
	}
	return out;
}
int __real_utimensat(int, const char *, const struct timespec [2], int);
int __real_futimens(int, const struct timespec [2]);
int __wrap_utimensat(int d, const char *p, const struct timespec t[2], int f)
{
	struct stat st;
	struct timespec x[2];
	if (fstatat(d, p, &st, f) != 0) return -1;
	return __real_utimensat(d, p, times(t, x, &st), f);
}
int __wrap_futimens(int fd, const struct timespec t[2])
{
	struct stat st;
	struct timespec x[2];
	if (fstat(fd, &st) != 0) return -1;
	return __real_futimens(fd, times(t, x, &st));
}

/* --- signals, terminal, time: accept and forget --- */
OK0(int sigaction(int n, const struct sigaction *a, struct sigaction *o))
OK0(int sigprocmask(int h, const sigset_t *a, sigset_t *o))
OK0(int sigemptyset(sigset_t *s))
OK0(int sigfillset(sigset_t *s))
OK0(int sigaddset(sigset_t *s, int n))
NOSYS(int kill(pid_t p, int n))
NOSYS(int tcgetattr(int fd, struct termios *t))
NOSYS(int tcsetattr(int fd, int a, const struct termios *t))
NOSYS(int tcflush(int fd, int q))
int ttyname_r(int fd, char *b, size_t n) { return ENOTTY; }
NOSYS(int clock_settime(clockid_t c, const struct timespec *t))
void tzset(void) {}
int getpagesize(void) { return 65536; }
/* only error exits: test (status 2), gunzip, bunzip2 (bad data) */
_Noreturn void longjmp(jmp_buf b, int v)
{
	if (v != 2)
		fprintf(stderr, "busybox: invalid or truncated compressed data\n");
	exit(v > 0 ? v : 1);
}

/* --- temporary names and realpath --- */
static int fill_template(char *t, int kind)
{
	static const char abc[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	size_t n = strlen(t);
	if (n < 6 || memcmp(t + n - 6, "XXXXXX", 6) != 0) { errno = EINVAL; return -1; }
	for (int tries = 0; tries < 100; tries++) {
		unsigned char r[6];
		struct stat st;
		int rc;
		getentropy(r, 6);
		for (int i = 0; i < 6; i++)
			t[n - 6 + i] = abc[r[i] % 62];
		if (kind == 0) rc = lstat(t, &st) == 0 ? (errno = EEXIST, -1) : 0;
		else if (kind == 1) rc = open(t, O_RDWR | O_CREAT | O_EXCL, 0600);
		else rc = mkdir(t, 0700);
		if (rc >= 0 || errno != EEXIST)
			return rc;
	}
	return -1;
}
int mkstemp(char *t) { return fill_template(t, 1); }
char *mkdtemp(char *t) { return fill_template(t, 2) < 0 ? NULL : t; }
char *mktemp(char *t) { if (fill_template(t, 0) < 0) *t = 0; return t; }
char *realpath(const char *path, char *out)
{
	char todo[PATH_MAX], res[PATH_MAX] = "", link[PATH_MAX];
	int hops = 0;
	struct stat st;
	if (!*path) { errno = ENOENT; return NULL; }
	if (path[0] != '/') {
		if (!getcwd(res, sizeof(res))) return NULL;
		if (strcmp(res, "/") == 0) res[0] = 0;
	}
	if (strlen(path) >= sizeof(todo)) { errno = ENAMETOOLONG; return NULL; }
	strcpy(todo, path);
	for (char *p = todo; *p; ) {
		size_t len, rl = strlen(res);
		while (*p == '/') p++;
		len = strcspn(p, "/");
		if (len == 0) break;
		if (len == 1 && p[0] == '.') { p += len; continue; }
		if (len == 2 && p[0] == '.' && p[1] == '.') {
			char *s = strrchr(res, '/');
			if (s) *s = 0;
			p += len;
			continue;
		}
		if (rl + len + 2 > sizeof(res)) { errno = ENAMETOOLONG; return NULL; }
		res[rl] = '/';
		memcpy(res + rl + 1, p, len);
		res[rl + 1 + len] = 0;
		p += len;
		if (lstat(res, &st) != 0) return NULL;
		if (S_ISLNK(st.st_mode)) {
			ssize_t n = readlink(res, link, sizeof(link) - 1);
			if (n < 0) return NULL;
			if (++hops > 40 || n + strlen(p) >= sizeof(todo)) { errno = ELOOP; return NULL; }
			link[n] = 0;
			memmove(todo + n, p, strlen(p) + 1);
			memcpy(todo, link, n);
			p = todo;
			if (link[0] == '/') res[0] = 0; else res[rl] = 0;
		}
	}
	if (!res[0]) strcpy(res, "/");
	return out ? strcpy(out, res) : strdup(res);
}
int execlp(const char *f, const char *a, ...) { (void)f; (void)a; errno = ENOSYS; return -1; } /* tar z and j, until they spawn */
#include <mntent.h>
#include <sys/statvfs.h>
FILE *setmntent(const char *p, const char *m) { return fopen(p, m); }
struct mntent *getmntent(FILE *f) { return NULL; }
int endmntent(FILE *f) { fclose(f); return 1; }
NOSYS(int statvfs(const char *p, struct statvfs *s))
NOSYS(int mkfifo(const char *p, mode_t m))
NOSYS(int getpriority(int a, id_t b))
NOSYS(int setpriority(int a, id_t b, int c))
void sync(void) {}
OK0(int syncfs(int fd))
