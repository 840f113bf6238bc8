/* files.c: open, stat and the calls that name files by a path: the kernel's, or wasi-libc's on another host. */
#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <wasi/api.h>
#include "kernel.h"

#define PATH(p) (p), strlen(p)
#define HERE (-1) /* dirfd: the working directory */

/* --- open --- */

int __real_open(const char *, int, ...);
/* wasi-libc's own numbers of the flags, which compat.h has replaced */
static int wasi_flags(int flags)
{
	int w;
	switch (flags & O_ACCMODE) {
	case O_WRONLY: w = 0x10000000; break;
	case O_RDWR: w = 0x14000000; break;
	default: w = 0x04000000;
	}
	if (flags & O_CREAT) w |= __WASI_OFLAGS_CREAT << 12;
	if (flags & O_EXCL) w |= __WASI_OFLAGS_EXCL << 12;
	if (flags & O_TRUNC) w |= __WASI_OFLAGS_TRUNC << 12;
	if (flags & O_DIRECTORY) w |= __WASI_OFLAGS_DIRECTORY << 12;
	if (flags & O_NOFOLLOW) w |= 0x01000000;
	if (flags & O_APPEND) w |= __WASI_FDFLAGS_APPEND;
	if (flags & O_NONBLOCK) w |= __WASI_FDFLAGS_NONBLOCK;
	return w;
}
int __wrap_open(const char *path, int flags, ...)
{
	unsigned mode = 0;
	if (flags & O_CREAT) {
		va_list ap;
		va_start(ap, flags);
		mode = va_arg(ap, unsigned);
		va_end(ap);
	}
	if (compat_kernel)
		return compat_result(pssb_open(HERE, PATH(path), flags, mode));
	return __real_open(path, wasi_flags(flags));
}

int __wrap_creat(const char *path, mode_t mode) { return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

int __real_fcntl(int, int, ...);
int __wrap_fcntl(int fd, int command, ...)
{
	va_list ap;
	int n, w;
	va_start(ap, command);
	n = va_arg(ap, int);
	va_end(ap);
	switch (command) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return compat_result(pssb_dup(fd, n, command == F_DUPFD_CLOEXEC));
	case F_GETFD:
	case F_SETFD:
		if (compat_kernel)
			return compat_result(pssb_cloexec(fd, command == F_GETFD ? -1 : n & FD_CLOEXEC));
		return __real_fcntl(fd, command, n);
	case F_GETFL:
		w = __real_fcntl(fd, command);
		if (w < 0)
			return w;
		n = (w & 0x14000000) == 0x14000000 ? O_RDWR : w & 0x10000000 ? O_WRONLY : O_RDONLY;
		if (w & __WASI_FDFLAGS_APPEND) n |= O_APPEND;
		if (w & __WASI_FDFLAGS_NONBLOCK) n |= O_NONBLOCK;
		return n;
	case F_SETFL:
		return __real_fcntl(fd, command, wasi_flags(n) & 0xfff);
	default:
		return compat_refuse(ENOSYS);
	}
}

DIR *__real_opendir(const char *);
DIR *__wrap_opendir(const char *path)
{
	DIR *d;
	int fd;
	if (!compat_kernel)
		return __real_opendir(path);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	d = fdopendir(fd);
	if (!d)
		close(fd);
	return d;
}

/* --- stat --- */

static int from_kernel(int error, const struct pssb_stat *k, struct stat *st)
{
	if (error < 0)
		return compat_refuse(-error);
	memset(st, 0, sizeof(*st));
	st->st_dev = k->dev;
	st->st_ino = k->ino;
	st->st_mode = k->mode;
	st->st_nlink = k->nlink;
	st->st_uid = k->uid;
	st->st_gid = k->gid;
	st->st_rdev = k->rdev;
	st->st_size = k->size;
	st->st_blksize = k->blksize;
	st->st_blocks = k->blocks;
	st->st_atim.tv_sec = k->atime;
	st->st_atim.tv_nsec = k->atime_nsec;
	st->st_mtim.tv_sec = k->mtime;
	st->st_mtim.tv_nsec = k->mtime_nsec;
	st->st_ctim.tv_sec = k->ctime;
	st->st_ctim.tv_nsec = k->ctime_nsec;
	return 0;
}
/* plain WASI keeps neither permissions nor owners: what a file of the caller's usually has */
static int from_wasi(int error, struct stat *st)
{
	if (error != 0)
		return error;
	st->st_uid = getuid();
	st->st_gid = getgid();
	st->st_mode |= S_ISDIR(st->st_mode) ? 0755 : S_ISLNK(st->st_mode) ? 0777 : S_ISCHR(st->st_mode) ? 0666 : 0644;
	if (st->st_blksize == 0)
		st->st_blksize = 4096;
	if (st->st_blocks == 0)
		st->st_blocks = (st->st_size + 511) >> 9;
	return 0;
}
int __real_stat(const char *, struct stat *);
int __real_lstat(const char *, struct stat *);
int __real_fstat(int, struct stat *);
int __wrap_stat(const char *path, struct stat *st)
{
	struct pssb_stat k;
	if (!compat_kernel)
		return from_wasi(__real_stat(path, st), st);
	return from_kernel(pssb_fstatat(HERE, PATH(path), 0, &k), &k, st);
}
int __wrap_lstat(const char *path, struct stat *st)
{
	struct pssb_stat k;
	if (!compat_kernel)
		return from_wasi(__real_lstat(path, st), st);
	return from_kernel(pssb_fstatat(HERE, PATH(path), PSSB_AT_SYMLINK_NOFOLLOW, &k), &k, st);
}
int __wrap_fstat(int fd, struct stat *st)
{
	struct pssb_stat k;
	if (!compat_kernel)
		return from_wasi(__real_fstat(fd, st), st);
	return from_kernel(pssb_fstatat(fd, "", 0, PSSB_AT_EMPTY_PATH, &k), &k, st);
}
int __real_fstatat(int, const char *, struct stat *, int);
int __wrap_fstatat(int dir, const char *path, struct stat *st, int flags)
{
	struct pssb_stat k;
	if (!compat_kernel)
		return from_wasi(__real_fstatat(dir, path, st, flags), st);
	return from_kernel(pssb_fstatat(dir < 0 ? HERE : dir, PATH(path),
		flags & AT_SYMLINK_NOFOLLOW ? PSSB_AT_SYMLINK_NOFOLLOW : 0, &k), &k, st);
}
int __real_access(const char *, int);
int __wrap_access(const char *path, int mode)
{
	return compat_kernel ? compat_result(pssb_faccessat(HERE, PATH(path), mode, 0)) : __real_access(path, mode);
}

/* --- names --- */

int __real_mkdir(const char *, mode_t);
int __wrap_mkdir(const char *path, mode_t mode)
{
	return compat_kernel ? compat_result(pssb_mkdirat(HERE, PATH(path), mode)) : __real_mkdir(path, mode);
}
int mknod(const char *path, mode_t mode, dev_t device)
{
	return compat_kernel ? compat_result(pssb_mknodat(HERE, PATH(path), mode, device)) : compat_refuse(ENOSYS);
}
int mkfifo(const char *path, mode_t mode) { return mknod(path, (mode & 07777) | S_IFIFO, 0); }
int __real_unlink(const char *);
int __wrap_unlink(const char *path)
{
	return compat_kernel ? compat_result(pssb_unlinkat(HERE, PATH(path), 0)) : __real_unlink(path);
}
int __real_rmdir(const char *);
int __wrap_rmdir(const char *path)
{
	return compat_kernel ? compat_result(pssb_unlinkat(HERE, PATH(path), PSSB_AT_REMOVEDIR)) : __real_rmdir(path);
}
int __wrap_remove(const char *path)
{
	int n = unlink(path);
	return n != 0 && (errno == EISDIR || errno == EPERM) ? rmdir(path) : n;
}
int __real_rename(const char *, const char *);
int __wrap_rename(const char *from, const char *to)
{
	return compat_kernel ? compat_result(pssb_renameat(HERE, PATH(from), HERE, PATH(to))) : __real_rename(from, to);
}
int __real_link(const char *, const char *);
int __wrap_link(const char *from, const char *to)
{
	return compat_kernel ? compat_result(pssb_linkat(HERE, PATH(from), HERE, PATH(to), 0)) : __real_link(from, to);
}
int __wrap_linkat(int d1, const char *from, int d2, const char *to, int flags)
{
	(void)d1, (void)d2; /* only AT_FDCWD is asked for */
	if (!compat_kernel)
		return __real_link(from, to);
	return compat_result(pssb_linkat(HERE, PATH(from), HERE, PATH(to), flags & AT_SYMLINK_FOLLOW ? PSSB_AT_SYMLINK_FOLLOW : 0));
}
int __real_symlink(const char *, const char *);
int __wrap_symlink(const char *target, const char *path)
{
	return compat_kernel ? compat_result(pssb_symlinkat(PATH(target), HERE, PATH(path))) : __real_symlink(target, path);
}
ssize_t __real_readlink(const char *, char *, size_t);
ssize_t __wrap_readlink(const char *path, char *out, size_t size)
{
	return compat_kernel ? compat_result(pssb_readlinkat(HERE, PATH(path), out, size)) : __real_readlink(path, out, size);
}

/* --- modes, owners, times; a host without them accepts and forgets --- */

int chmod(const char *path, mode_t mode)
{
	return compat_kernel ? compat_result(pssb_fchmodat(HERE, PATH(path), mode, 0)) : 0;
}
int fchmod(int fd, mode_t mode)
{
	return compat_kernel ? compat_result(pssb_fchmodat(fd, "", 0, mode, PSSB_AT_EMPTY_PATH)) : 0;
}
int chown(const char *path, uid_t uid, gid_t gid)
{
	return compat_kernel ? compat_result(pssb_fchownat(HERE, PATH(path), uid, gid, 0)) : 0;
}
int lchown(const char *path, uid_t uid, gid_t gid)
{
	return compat_kernel ? compat_result(pssb_fchownat(HERE, PATH(path), uid, gid, PSSB_AT_SYMLINK_NOFOLLOW)) : 0;
}
int fchown(int fd, uid_t uid, gid_t gid)
{
	return compat_kernel ? compat_result(pssb_fchownat(fd, "", 0, uid, gid, PSSB_AT_EMPTY_PATH)) : 0;
}
mode_t umask(mode_t mask)
{
	static mode_t current = 022;
	mode_t old = current;
	if (compat_kernel)
		return pssb_umask(mask & 0777);
	current = mask & 0777;
	return old;
}

static const struct pssb_time *kernel_times(const struct timespec t[2], struct pssb_time k[2])
{
	for (int i = 0; i < 2; i++) {
		k[i].sec = t ? t[i].tv_sec : 0;
		k[i].nsec = !t || t[i].tv_nsec == UTIME_NOW ? PSSB_UTIME_NOW : t[i].tv_nsec == UTIME_OMIT ? PSSB_UTIME_OMIT : t[i].tv_nsec;
	}
	return k;
}
/* wasi-libc of 2022 takes UTIME_NOW and UTIME_OMIT for the first time only */
static const struct timespec *wasi_times(const struct timespec t[2], struct timespec out[2], const struct stat *st)
{
	for (int i = 0; i < 2; i++) {
		out[i] = t ? t[i] : (struct timespec){ 0, UTIME_NOW };
		if (out[i].tv_nsec == UTIME_NOW)
			clock_gettime(CLOCK_REALTIME, &out[i]);
		else if (out[i].tv_nsec == UTIME_OMIT)
			out[i] = i ? st->st_mtim : st->st_atim;
	}
	return out;
}
int __real_utimensat(int, const char *, const struct timespec [2], int);
int __wrap_utimensat(int dir, const char *path, const struct timespec t[2], int flags)
{
	struct stat st;
	struct timespec w[2];
	struct pssb_time k[2];
	if (compat_kernel)
		return compat_result(pssb_utimensat(dir < 0 ? HERE : dir, PATH(path), kernel_times(t, k),
			flags & AT_SYMLINK_NOFOLLOW ? PSSB_AT_SYMLINK_NOFOLLOW : 0));
	if (__real_fstatat(dir, path, &st, flags) != 0)
		return -1;
	return __real_utimensat(dir, path, wasi_times(t, w, &st), flags);
}
int __real_futimens(int, const struct timespec [2]);
int __wrap_futimens(int fd, const struct timespec t[2])
{
	struct stat st;
	struct timespec w[2];
	struct pssb_time k[2];
	if (compat_kernel)
		return compat_result(pssb_utimensat(fd, "", 0, kernel_times(t, k), PSSB_AT_EMPTY_PATH));
	if (__real_fstat(fd, &st) != 0)
		return -1;
	return __real_futimens(fd, wasi_times(t, w, &st));
}
static int set_times(const char *path, const struct timeval t[2], int flags)
{
	struct timespec s[2];
	for (int i = 0; t && i < 2; i++)
		s[i] = (struct timespec){ t[i].tv_sec, t[i].tv_usec * 1000 };
	return utimensat(AT_FDCWD, path, t ? s : NULL, flags);
}
int __wrap_utimes(const char *path, const struct timeval t[2]) { return set_times(path, t, 0); }
int lutimes(const char *path, const struct timeval t[2]) { return set_times(path, t, AT_SYMLINK_NOFOLLOW); }

/* --- working directory, file systems --- */

int __real_chdir(const char *);
int __wrap_chdir(const char *path) { return compat_kernel ? compat_result(pssb_chdir(PATH(path))) : __real_chdir(path); }
int fchdir(int fd) { return compat_result(compat_kernel ? pssb_fchdir(fd) : -ENOSYS); }
char *__real_getcwd(char *, size_t);
char *__wrap_getcwd(char *out, size_t size)
{
	char path[PATH_MAX];
	int n;
	if (!compat_kernel)
		return __real_getcwd(out, size);
	n = pssb_getcwd(path, sizeof(path) - 1);
	if (n >= 0 && out && (size_t)n >= size)
		n = -ERANGE;
	if (compat_result(n) < 0)
		return NULL;
	path[n] = 0;
	return out ? memcpy(out, path, n + 1) : strdup(path);
}

int statfs(const char *path, struct statfs *s)
{
	struct pssb_statfs k;
	if (compat_result(compat_kernel ? pssb_statfs(PATH(path), &k) : -ENOSYS) < 0)
		return -1;
	memset(s, 0, sizeof(*s));
	s->f_type = k.type;
	s->f_bsize = s->f_frsize = k.bsize;
	s->f_blocks = k.blocks;
	s->f_bfree = k.bfree;
	s->f_bavail = k.bavail;
	s->f_files = k.files;
	s->f_ffree = k.ffree;
	s->f_namelen = k.namelen;
	return 0;
}
int statvfs(const char *path, struct statvfs *v)
{
	struct statfs s;
	if (statfs(path, &s) != 0)
		return -1;
	memset(v, 0, sizeof(*v));
	v->f_bsize = v->f_frsize = s.f_bsize;
	v->f_blocks = s.f_blocks;
	v->f_bfree = s.f_bfree;
	v->f_bavail = s.f_bavail;
	v->f_files = s.f_files;
	v->f_ffree = v->f_favail = s.f_ffree;
	v->f_namemax = s.f_namelen;
	return 0;
}
void sync(void) {} /* what is written is in the file system at once */
int syncfs(int fd) { return fcntl(fd, F_GETFD) < 0 ? -1 : 0; }
