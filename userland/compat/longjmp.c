/*
 * longjmp.c: WebAssembly 2.0 cannot jump back into a frame. BusyBox does it for errors only: `test` (its message is
 * out already), bad data in gunzip and bunzip2, an interrupted vi. Those end the process.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void longjmp(jmp_buf where, int value)
{
	(void)where;
	if (value < 0)
		fprintf(stderr, "busybox: corrupted data\n");
	exit(value > 0 ? value : 1);
}
