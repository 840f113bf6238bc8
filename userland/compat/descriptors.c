/* descriptors.c: dup, pipe, and writing to a pipe that nobody reads. */
#include <sys/uio.h>
#include <wasi/api.h>
#include <wasi/libc.h>
#include "kernel.h"

int dup(int fd) { return compat_result(compat_kernel ? pssb_dup(fd, 0, 0) : -ENOSYS); }

/* A plain WASI host can only renumber. BusyBox's dup2 nearly always means to move a descriptor, so this does. */
static int move(int from, int to)
{
	__wasi_fdstat_t st;

	if (from == to)
		return to;
	if (compat_move_preopen(to) != 0)
		return -1;
	while (__wasi_fd_fdstat_get(to, &st) != 0) { /* the target must exist: take the lowest free numbers up to it */
		int n = open("/", O_RDONLY | O_DIRECTORY);
		if (n < 0)
			return -1;
		if (n > to) {
			close(n);
			return compat_refuse(EBADF);
		}
	}
	return __wasilibc_fd_renumber(from, to) < 0 ? -1 : to;
}
int dup2(int from, int to) { return compat_kernel ? compat_result(pssb_dup2(from, to, 0)) : move(from, to); }
int pipe(int fds[2]) { return compat_result(compat_kernel ? pssb_pipe(fds, 0) : -ENOSYS); }

/* SIGPIPE: the end of the process, unless it is ignored or caught */
static ssize_t written(ssize_t n)
{
	if (n < 0 && errno == EPIPE) {
		if (!compat_kernel)
			_Exit(128 + SIGPIPE);
		pssb_kill(pssb_getid(PSSB_PID), SIGPIPE);
		errno = EPIPE;
	}
	return n;
}
ssize_t __real_write(int, const void *, size_t);
ssize_t __real_writev(int, const struct iovec *, int);
ssize_t __wrap_write(int fd, const void *data, size_t n) { return written(__real_write(fd, data, n)); }
ssize_t __wrap_writev(int fd, const struct iovec *v, int n) { return written(__real_writev(fd, v, n)); }
