/* streams.c: stdio with 32 KiB of buffer instead of 1 KiB, and files opened by files.c. */
#include <stdio_ext.h>
#include "kernel.h"

#define SIZE 32768

/* the pages of these are touched as far as they are used */
static char in[SIZE + 8], out[SIZE];
__attribute__((constructor)) static void standard_streams(void)
{
	setvbuf(stdin, in, _IOFBF, sizeof(in));
	setvbuf(stdout, out, _IOFBF, sizeof(out));
}

FILE *__real_fdopen(int, const char *);
FILE *__wrap_fdopen(int fd, const char *mode)
{
	char *buffer;
	FILE *f;
	/* musl's own handling of "a" uses flags that compat.h has renumbered */
	if (mode[0] == 'a') {
		int flags = fcntl(fd, F_GETFL);
		if (flags < 0 || (!(flags & O_APPEND) && fcntl(fd, F_SETFL, flags | O_APPEND) < 0))
			return NULL;
		mode = strchr(mode, '+') ? "r+" : "w";
	}
	f = __real_fdopen(fd, mode);
	if (f && (buffer = malloc(SIZE)))
		setvbuf(f, buffer, _IOFBF, SIZE);
	return f;
}
FILE *__wrap_fopen(const char *path, const char *mode)
{
	int flags = mode[0] == 'r' ? O_RDONLY : mode[0] == 'w' ? O_WRONLY | O_CREAT | O_TRUNC : O_WRONLY | O_CREAT | O_APPEND, fd;
	FILE *f;

	if (!mode[0] || !strchr("rwa", mode[0])) {
		errno = EINVAL;
		return NULL;
	}
	for (const char *m = mode + 1; *m; m++) {
		if (*m == '+') flags = (flags & ~O_ACCMODE) | O_RDWR;
		if (*m == 'x') flags |= O_EXCL;
		if (*m == 'e') flags |= O_CLOEXEC;
	}
	fd = open(path, flags, 0666);
	if (fd < 0)
		return NULL;
	f = fdopen(fd, mode);
	if (!f)
		close(fd);
	return f;
}
