/* terminal.c: terminal modes, the window's size, the system's name. */
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <termios.h>
#include "kernel.h"

_Static_assert(sizeof(struct termios) == 60, "Linux's layout");

int tcgetattr(int fd, struct termios *t) { return compat_result(compat_kernel ? pssb_tcgetattr(fd, t) : -ENOTTY); }
int tcsetattr(int fd, int action, const struct termios *t)
{
	return compat_result(compat_kernel ? pssb_tcsetattr(fd, action, t) : -ENOTTY);
}
/* wasi-libc takes any character device for a terminal, /dev/null too */
int __real_isatty(int);
int __wrap_isatty(int fd)
{
	struct termios t;
	return compat_kernel ? tcgetattr(fd, &t) == 0 : __real_isatty(fd);
}
int __wrap___isatty(int fd) { return __wrap_isatty(fd); }
int tcflush(int fd, int queue) { (void)queue; return isatty(fd) ? 0 : compat_refuse(ENOTTY); }
int ttyname_r(int fd, char *out, size_t size)
{
	if (!isatty(fd))
		return ENOTTY;
	if (size < sizeof("/dev/tty"))
		return ERANGE;
	strcpy(out, "/dev/tty");
	return 0;
}

int __real_ioctl(int, int, ...);
int __wrap_ioctl(int fd, int request, ...)
{
	va_list ap;
	void *argument;
	va_start(ap, request);
	argument = va_arg(ap, void *);
	va_end(ap);
	if (request == TIOCGWINSZ)
		return compat_result(compat_kernel ? pssb_winsize(fd, argument) : -ENOTTY);
	return __real_ioctl(fd, request, argument);
}

int __real_uname(struct utsname *);
int __wrap_uname(struct utsname *u)
{
	_Static_assert(sizeof(*u) == 6 * 65, "the kernel's layout");
	return compat_kernel ? compat_result(pssb_uname((char (*)[65])u)) : __real_uname(u);
}

int getpagesize(void) { return 65536; }
int clock_settime(clockid_t clock, const struct timespec *t) { (void)clock, (void)t; return compat_refuse(EPERM); }
