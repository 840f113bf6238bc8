/* errors.c: WASI numbers errors by name; programs that print the number expect Linux's. */
#include "kernel.h"

static const unsigned char linux_number[] = { /* in the order of WASI's numbers, ENOTCAPABLE being EPERM */
	0, 7, 13, 98, 99, 97, 11, 114, 9, 74, 16, 125, 10, 103, 111, 104, 35, 89, 33, 122,
	17, 14, 27, 113, 43, 84, 115, 4, 22, 5, 106, 21, 40, 24, 31, 90, 72, 36, 100, 102,
	101, 23, 105, 19, 2, 8, 37, 67, 12, 42, 92, 28, 38, 107, 20, 39, 131, 88, 95, 25,
	6, 75, 130, 1, 32, 71, 93, 91, 34, 30, 29, 3, 116, 110, 26, 18, 1,
};

int compat_linux_errno(int error)
{
	return error >= 0 && (size_t)error < sizeof(linux_number) ? linux_number[error] : error;
}
