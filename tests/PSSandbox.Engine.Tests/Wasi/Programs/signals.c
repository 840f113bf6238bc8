/* A program of this kernel: catches a signal, in a loop and in a read that it interrupts. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "pssandbox.h"

static volatile int caught, calls;
__attribute__((export_name("__pssandbox_signal"))) void on_signal(int n) { caught = n; calls++; }

int main(int argc, char **argv)
{
	char c;
	pssb_signal(10, 2);
	pssb_signal(14, 2);
	pssb_kill(pssb_getid(PSSB_PID), 10);
	printf("at once %d\n", caught);
	pssb_alarm(20);
	while (caught != 14)
		;
	printf("in a loop %d\n", caught);
	/* So late that it comes while the read waits. */
	pssb_alarm(500);
	long n = read(0, &c, 1);
	printf("read %ld %s, %d calls\n", n, errno == EINTR ? "EINTR" : "?", calls);
	pssb_exit_status(9);
	return 0;
}
