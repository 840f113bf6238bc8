/* process.c: starting programs and waiting for them, by the kernel; other hosts have nothing of the kind. */
#include <stdarg.h>
#include <sys/wait.h>
#include "kernel.h"

/* a vector as the kernel takes it: strings one after the other, each with its NUL */
static char *flatten(char *const v[], unsigned *size)
{
	size_t n = 0;
	char *all, *p;
	for (int i = 0; v && v[i]; i++)
		n += strlen(v[i]) + 1;
	p = all = malloc(n + 1);
	if (!all)
		return NULL;
	for (int i = 0; v && v[i]; i++)
		p = stpcpy(p, v[i]) + 1;
	*size = n;
	return all;
}

static pid_t start(char *const argv[], const struct pssb_action *actions, int count)
{
	unsigned argv_size, env_size;
	char *args, *env;
	pid_t pid = -ENOMEM;

	if (!compat_kernel)
		return compat_refuse(ENOSYS);
	args = flatten(argv, &argv_size);
	env = flatten(environ, &env_size);
	if (args && env)
		pid = pssb_spawn(argv[0], strlen(argv[0]), args, argv_size, env, env_size, actions, count, PSSB_SPAWN_PATH);
	free(args);
	free(env);
	return compat_result(pid);
}

pid_t compat_spawn(char *const argv[], int in, int out, int closed)
{
	struct pssb_action a[5];
	int n = 0;
	if (closed >= 0)
		a[n++] = (struct pssb_action){ PSSB_ACTION_CLOSE, closed, 0 };
	if (in == 1 && out >= 0) { /* must not be overwritten before it is used */
		a[n++] = (struct pssb_action){ PSSB_ACTION_DUP2, 0, in };
		a[n++] = (struct pssb_action){ PSSB_ACTION_DUP2, 1, out };
	} else { /* also onto itself: the copy has no close-on-exec, as posix_spawn says */
		if (out >= 0)
			a[n++] = (struct pssb_action){ PSSB_ACTION_DUP2, 1, out };
		if (in >= 0)
			a[n++] = (struct pssb_action){ PSSB_ACTION_DUP2, 0, in };
	}
	if (in > 1 && in != closed)
		a[n++] = (struct pssb_action){ PSSB_ACTION_CLOSE, in, 0 };
	if (out > 1 && out != in && out != closed)
		a[n++] = (struct pssb_action){ PSSB_ACTION_CLOSE, out, 0 };
	return start(argv, a, n);
}

static int replace(const char *path, char *const argv[], char *const envp[], int flags)
{
	unsigned argv_size, env_size;
	char *args, *env;
	int error = -ENOMEM;

	if (!compat_kernel)
		return compat_refuse(ENOSYS);
	args = flatten(argv, &argv_size);
	env = flatten(envp, &env_size);
	if (args && env)
		error = pssb_exec(path, strlen(path), args, argv_size, env, env_size, flags);
	free(args);
	free(env);
	return compat_result(error);
}
int execve(const char *path, char *const argv[], char *const envp[]) { return replace(path, argv, envp, 0); }
int execv(const char *path, char *const argv[]) { return replace(path, argv, environ, 0); }
int execvp(const char *name, char *const argv[]) { return replace(name, argv, environ, PSSB_SPAWN_PATH); }
int execlp(const char *name, const char *first, ...)
{
	char *argv[32];
	int n = 0;
	va_list ap;
	va_start(ap, first);
	for (const char *a = first; a; a = va_arg(ap, const char *)) {
		if (n == 31)
			return compat_refuse(E2BIG);
		argv[n++] = (char *)a;
	}
	va_end(ap);
	argv[n] = NULL;
	return execvp(name, argv);
}

pid_t fork(void) { return compat_refuse(ENOSYS); }
pid_t vfork(void) { return compat_refuse(ENOSYS); }
pid_t waitpid(pid_t pid, int *status, int options)
{
	int none;
	return compat_result(compat_kernel ? pssb_waitpid(pid, status ? status : &none, options) : -ECHILD);
}
pid_t wait(int *status) { return waitpid(-1, status, 0); }

/* --- the shell --- */

static pid_t shell(const char *command, int in, int out, int closed)
{
	char *argv[] = { (char *)"/bin/sh", (char *)"-c", (char *)command, NULL };
	return compat_spawn(argv, in, out, closed);
}
int system(const char *command)
{
	int status;
	pid_t pid;
	if (!command)
		return compat_kernel;
	pid = shell(command, -1, -1, -1);
	if (pid < 0)
		return -1;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

static struct stream { struct stream *next; FILE *file; pid_t pid; } *streams;
FILE *popen(const char *command, const char *mode)
{
	bool reads = mode[0] == 'r';
	int fds[2];
	struct stream *s = malloc(sizeof(*s));

	if (!s)
		return NULL;
	if (compat_result(compat_kernel ? pssb_pipe(fds, PSSB_O_CLOEXEC) : -ENOSYS) < 0) {
		free(s);
		return NULL;
	}
	s->pid = shell(command, reads ? -1 : fds[0], reads ? fds[1] : -1, -1);
	close(fds[reads]);
	s->file = s->pid < 0 ? NULL : fdopen(fds[!reads], reads ? "r" : "w");
	if (!s->file) {
		close(fds[!reads]);
		free(s);
		return NULL;
	}
	s->next = streams;
	streams = s;
	return s->file;
}
int pclose(FILE *file)
{
	for (struct stream **p = &streams; *p; p = &(*p)->next) {
		struct stream *s = *p;
		pid_t pid = s->pid;
		int status;
		if (s->file != file)
			continue;
		*p = s->next;
		free(s);
		fclose(file);
		while (waitpid(pid, &status, 0) < 0)
			if (errno != EINTR)
				return -1;
		return status;
	}
	return compat_refuse(ECHILD);
}
