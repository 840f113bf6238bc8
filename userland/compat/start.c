/* start.c: how the module starts and ends. No host call that a plain `true` does not need. */
#include <wasi/api.h>
#include <wasi/libc-environ.h>
#include "kernel.h"

bool compat_kernel;
extern char **__wasilibc_environ;
void __wasm_call_ctors(void);
void __wasm_call_dtors(void);
int main(int argc, char **argv);

char **(*compat_environ(void))
{
	__wasilibc_ensure_environ();
	return &__wasilibc_environ;
}

/*
 * The usual end of a program is a return up to here: the kernel takes the status by a call, and nothing needs to be
 * unwound. exit() called somewhere deeper ends in proc_exit, which the host answers by an exception of its own.
 */
__attribute__((export_name("_start"))) void _start(void)
{
	__wasi_size_t argc, size;
	int status;

	if (__wasi_args_sizes_get(&argc, &size) != 0 || argc == 0)
		__wasi_proc_exit(71);
	char **argv = malloc((argc + 1) * sizeof(char *) + size);
	if (argv == NULL || __wasi_args_get((uint8_t **)argv, (uint8_t *)(argv + argc + 1)) != 0)
		__wasi_proc_exit(71);
	argv[argc] = NULL;
	compat_kernel = pssb_version() == PSSANDBOX_ABI;
	__wasm_call_ctors();
	if (!compat_kernel) {
		/* plain WASI has no working directory: the host passes it as $PWD */
		const char *directory = getenv("PWD");
		if (directory && directory[0] == '/' && chdir(directory) != 0) {
			perror(directory);
			__wasi_proc_exit(71);
		}
	}
	status = main(argc, argv);
	__wasm_call_dtors();
	if (status == 0)
		return;
	if (compat_kernel)
		pssb_exit_status(status & 0xff);
	else
		__wasi_proc_exit(status & 0xff);
}
