/*
 * preopens.c: the directories that a plain WASI host has opened beforehand, in place of wasi-libc's own table: that
 * one is filled by a constructor, at every start, and keeps its descriptors where unzip wants number 3.
 */
#include <wasi/api.h>
#include <wasi/libc.h>
#include <wasi/libc-find-relpath.h>
#include "kernel.h"

#define MOST 16
static struct { char *path; int fd; } table[MOST];
static int count = -1;

static void fill(void)
{
	count = 0;
	for (int fd = 3; count < MOST; fd++) {
		__wasi_prestat_t stat;
		char *path;
		if (__wasi_fd_prestat_get(fd, &stat) != 0 || stat.tag != __WASI_PREOPENTYPE_DIR)
			return;
		path = malloc(stat.u.dir.pr_name_len + 1);
		if (!path || __wasi_fd_prestat_dir_name(fd, (uint8_t *)path, stat.u.dir.pr_name_len) != 0)
			return;
		path[stat.u.dir.pr_name_len] = 0;
		table[count].path = path;
		table[count++].fd = fd;
	}
}

int __wasilibc_register_preopened_fd(int fd, const char *path)
{
	if (count < 0)
		fill();
	if (count == MOST)
		return compat_refuse(ENOMEM);
	table[count].path = strdup(path);
	table[count++].fd = fd;
	return 0;
}

/* the descriptor that `path` is beneath, by the longest prefix, and the rest of the path */
int __wasilibc_find_abspath(const char *path, const char **prefix, const char **rest)
{
	int best = -1;
	size_t longest = 0;

	if (compat_kernel)
		return compat_refuse(ENOENT); /* every path goes to the kernel */
	if (count < 0)
		fill();
	while (*path == '/')
		path++;
	for (int i = 0; i < count; i++) {
		const char *p = table[i].path;
		size_t n;
		while (*p == '/' || (p[0] == '.' && (p[1] == '/' || p[1] == 0)))
			p++;
		n = strlen(p);
		while (n && p[n - 1] == '/')
			n--;
		if (strncmp(path, p, n) != 0 || (n && path[n] != '/' && path[n] != 0) || (best >= 0 && n < longest))
			continue;
		best = i;
		longest = n;
	}
	if (best < 0)
		return compat_refuse(ENOENT);
	*prefix = table[best].path;
	path += longest;
	while (*path == '/')
		path++;
	*rest = *path ? path : ".";
	return table[best].fd;
}

int __wasilibc_find_relpath(const char *path, const char **prefix, char **rest, size_t size)
{
	return __wasilibc_find_relpath_alloc(path, prefix, rest, &size, 0);
}

int compat_move_preopen(int fd)
{
	if (count < 0)
		fill();
	for (int i = 0; i < count; i++)
		if (table[i].fd == fd) {
			int other = open(table[i].path, O_RDONLY | O_DIRECTORY);
			if (other < 0 || __wasilibc_fd_renumber(fd, other) != 0)
				return -1;
			table[i].fd = other;
		}
	return 0;
}
