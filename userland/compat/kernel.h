/* kernel.h: what the files of the compatibility layer share. */
#ifndef COMPAT_KERNEL_H
#define COMPAT_KERNEL_H
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include "pssandbox.h"

/* whether the host is PSSandbox's kernel; else the calls of wasi-libc are used, and what they lack is refused */
extern bool compat_kernel;

/* a kernel call's answer as C expects it: -1 and errno for a negative number */
static inline int compat_result(int n)
{
	if (n >= 0)
		return n;
	errno = -n;
	return -1;
}
static inline int compat_refuse(int error) { errno = error; return -1; }

/* the fallback's preopened directories (preopens.c): gives another number to the one that is `fd` now */
int compat_move_preopen(int fd);
#endif
