/* names.c: temporary names, the real path of a file, the table of mounts, names of hosts. */
#include <mntent.h>
#include <netdb.h>
#include "kernel.h"

/* For ipcalc: WASI has no way to look up an address's name. */
int h_errno;
struct hostent *gethostbyaddr(const void *address, socklen_t length, int family)
{
	(void)address, (void)length, (void)family;
	return NULL;
}
char *inet_ntoa(struct in_addr address)
{
	static char text[16];
	const unsigned char *octets = (const unsigned char *)&address;
	snprintf(text, sizeof(text), "%u.%u.%u.%u", octets[0], octets[1], octets[2], octets[3]);
	return text;
}
const char *hstrerror(int error)
{
	(void)error;
	return "Name lookup is not available";
}

static int fill_template(char *name, int (*make)(char *))
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	size_t n = strlen(name);

	if (n < 6 || memcmp(name + n - 6, "XXXXXX", 6) != 0)
		return compat_refuse(EINVAL);
	for (int tries = 0; tries < 100; tries++) {
		unsigned char random[6];
		int made;
		if (getentropy(random, sizeof(random)) != 0)
			return -1;
		for (int i = 0; i < 6; i++)
			name[n - 6 + i] = letters[random[i] % 62];
		made = make(name);
		if (made >= 0 || errno != EEXIST)
			return made;
	}
	return compat_refuse(EEXIST);
}
static int make_file(char *name) { return open(name, O_RDWR | O_CREAT | O_EXCL, 0600); }
static int make_directory(char *name) { return mkdir(name, 0700); }
static int make_nothing(char *name)
{
	struct stat st;
	return lstat(name, &st) == 0 ? compat_refuse(EEXIST) : 0;
}
int mkstemp(char *name) { return fill_template(name, make_file); }
char *mkdtemp(char *name) { return fill_template(name, make_directory) < 0 ? NULL : name; }
char *mktemp(char *name)
{
	if (fill_template(name, make_nothing) < 0)
		*name = 0;
	return name;
}

char *realpath(const char *path, char *out)
{
	char todo[PATH_MAX], done[PATH_MAX] = "", target[PATH_MAX];
	int links = 0;
	struct stat st;

	if (!*path || strlen(path) >= sizeof(todo)) {
		errno = *path ? ENAMETOOLONG : ENOENT;
		return NULL;
	}
	if (path[0] != '/') {
		if (!getcwd(done, sizeof(done)))
			return NULL;
		if (strcmp(done, "/") == 0)
			done[0] = 0;
	}
	strcpy(todo, path);
	for (char *p = todo; *p;) {
		size_t n, end = strlen(done);
		while (*p == '/')
			p++;
		n = strcspn(p, "/");
		if (n == 0)
			break;
		if (n == 1 && p[0] == '.') {
			p += n;
			continue;
		}
		if (n == 2 && p[0] == '.' && p[1] == '.') {
			char *last = strrchr(done, '/');
			if (last)
				*last = 0;
			p += n;
			continue;
		}
		if (end + n + 2 > sizeof(done)) {
			errno = ENAMETOOLONG;
			return NULL;
		}
		done[end] = '/';
		memcpy(done + end + 1, p, n);
		done[end + 1 + n] = 0;
		p += n;
		if (lstat(done, &st) != 0)
			return NULL;
		if (S_ISLNK(st.st_mode)) {
			ssize_t length = readlink(done, target, sizeof(target) - 1);
			if (length < 0)
				return NULL;
			if (++links > 40 || length + strlen(p) >= sizeof(todo)) {
				errno = links > 40 ? ELOOP : ENAMETOOLONG;
				return NULL;
			}
			memmove(todo + length, p, strlen(p) + 1);
			memcpy(todo, target, length);
			p = todo;
			done[length && target[0] == '/' ? 0 : end] = 0;
		} else if (*p && !S_ISDIR(st.st_mode)) {
			errno = ENOTDIR;
			return NULL;
		}
	}
	if (!done[0])
		strcpy(done, "/");
	return out ? strcpy(out, done) : strdup(done);
}

/* --- /proc/mounts --- */

FILE *setmntent(const char *path, const char *mode) { return fopen(path, mode); }
int endmntent(FILE *f)
{
	if (f)
		fclose(f);
	return 1;
}
static char *field(char **rest)
{
	char *start = *rest + strspn(*rest, " \t"), *from = start, *to = start;
	while (*from && !strchr(" \t\n", *from)) { /* \040 is a space */
		if (from[0] == '\\' && from[1] && from[2] && from[3]) {
			*to++ = (from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0');
			from += 4;
		} else
			*to++ = *from++;
	}
	*rest = *from ? from + 1 : from;
	*to = 0;
	return start;
}
struct mntent *getmntent(FILE *f)
{
	static struct mntent m;
	static char *line;
	static size_t size;
	char *p;
	do {
		if (getline(&line, &size, f) < 0)
			return NULL;
		p = line + strspn(line, " \t\n");
	} while (*p == '#' || *p == 0);
	m.mnt_fsname = field(&p);
	m.mnt_dir = field(&p);
	m.mnt_type = field(&p);
	m.mnt_opts = field(&p);
	m.mnt_freq = m.mnt_passno = 0;
	return &m;
}
