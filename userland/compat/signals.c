/* signals.c: handlers run when the kernel calls __pssandbox_signal, between two instructions of its choice. */
#include "kernel.h"

static void (*handlers[32])(int);
static uint64_t blocked, pending; /* bit n - 1: signal n */

#define BIT(n) (1ull << ((n) - 1))

__attribute__((export_name("__pssandbox_signal"))) void __pssandbox_signal(int n)
{
	int saved = errno;
	if (n <= 0 || n >= 32 || !handlers[n] || handlers[n] == SIG_IGN)
		return;
	if (blocked & BIT(n))
		pending |= BIT(n);
	else
		handlers[n](n);
	errno = saved;
}

void (*signal(int n, void (*handler)(int)))(int)
{
	void (*old)(int);
	if (n <= 0 || n >= 32 || n == SIGKILL || n == SIGSTOP) {
		errno = EINVAL;
		return SIG_ERR;
	}
	old = handlers[n];
	handlers[n] = handler;
	if (compat_kernel) {
		int was = pssb_signal(n, handler == SIG_DFL ? 0 : handler == SIG_IGN ? 1 : 2);
		if (was == 1)
			old = SIG_IGN; /* inherited */
	}
	return old;
}
int sigaction(int n, const struct sigaction *new, struct sigaction *old)
{
	void (*was)(int);
	if (new)
		was = signal(n, new->sa_handler);
	else {
		was = signal(n, SIG_IGN);
		if (was != SIG_ERR)
			signal(n, was);
	}
	if (was == SIG_ERR)
		return -1;
	if (old)
		*old = (struct sigaction){ .sa_handler = was };
	return 0;
}
int raise(int n) { return kill(getpid(), n); }
int kill(pid_t pid, int n) { return compat_result(compat_kernel ? pssb_kill(pid, n) : -ENOSYS); }
unsigned alarm(unsigned seconds)
{
	return compat_kernel ? (unsigned)(pssb_alarm(seconds * 1000) + 999) / 1000 : 0;
}

int sigemptyset(sigset_t *s) { s->bits = 0; return 0; }
int sigfillset(sigset_t *s) { s->bits = ~0ull; return 0; }
int sigaddset(sigset_t *s, int n) { s->bits |= BIT(n); return 0; }
int sigdelset(sigset_t *s, int n) { s->bits &= ~BIT(n); return 0; }
/* only handlers are held back: a signal that ends the process does so at once */
int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	if (old)
		old->bits = blocked;
	if (set)
		blocked = how == SIG_BLOCK ? blocked | set->bits : how == SIG_UNBLOCK ? blocked & ~set->bits : set->bits;
	for (int n = 1; n < 32; n++)
		if (pending & ~blocked & BIT(n)) {
			pending &= ~BIT(n);
			handlers[n](n);
		}
	return 0;
}
