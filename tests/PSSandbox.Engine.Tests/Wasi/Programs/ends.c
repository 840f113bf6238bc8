/* The ways in which a program ends badly. */
#include <stdlib.h>
#include <string.h>

volatile int zero;
char *volatile kept;
static int deep(volatile int n) { volatile char frame[64]; frame[n & 63] = (char)n; return deep(n + 1) + frame[0]; }

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	if (!strcmp(how, "trap"))
		__builtin_trap();
	if (!strcmp(how, "divide"))
		return argc * 1000 / zero;
	if (!strcmp(how, "wild"))
		return *(volatile int *)0xfffffff0u;
	if (!strcmp(how, "recursion"))
		return deep(0);
	if (!strcmp(how, "memory"))
		for (;;) {
			char *p = malloc(1 << 20);
			if (!p)
				abort();
			memset(p, 1, 1 << 20);
			kept = p;
		}
	if (!strcmp(how, "loop"))
		for (;;)
			zero++;
	if (!strcmp(how, "exit"))
		exit(300);
	return 0;
}
