/* What an ordinary WASI program does with files: by relative and absolute paths, directories, links, times, the environment. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int failures;
#define CHECK(x) do { if (!(x)) { printf("line %d: %s: %s\n", __LINE__, #x, strerror(errno)); failures++; } } while (0)

static int count(const char *path, const char *name)
{
	DIR *d = opendir(path);
	struct dirent *e;
	int n = 0, found = 0;
	if (!d)
		return -1;
	while ((e = readdir(d))) {
		n++;
		found |= strcmp(e->d_name, name) == 0;
	}
	closedir(d);
	return found ? n : -n;
}

int main(int argc, char **argv)
{
	char buffer[200];
	struct stat st;
	FILE *f;
	int fd;

	CHECK(argc == 3 && strcmp(argv[1], "a b") == 0 && strcmp(argv[2], "") == 0);
	CHECK(getenv("NAME") && strcmp(getenv("NAME"), "value") == 0);
	CHECK(getenv("PWD") && strcmp(getenv("PWD"), "/tmp/work") == 0);

	/* beneath the working directory */
	CHECK((f = fopen("input.txt", "r")) && fgets(buffer, sizeof buffer, f) && strcmp(buffer, "from the working directory\n") == 0);
	if (f)
		fclose(f);
	CHECK((f = fopen("output.txt", "w")) && fprintf(f, "%d %s\n", 42, "written") > 0 && fclose(f) == 0);
	CHECK(mkdir("dir", 0777) == 0);
	CHECK(mkdir("dir", 0777) == -1 && errno == EEXIST);
	for (int i = 0; i < 300; i++) {
		sprintf(buffer, "dir/a file with quite a long name %d", i);
		CHECK((fd = open(buffer, O_CREAT | O_WRONLY, 0666)) >= 0 && close(fd) == 0);
	}
	CHECK(count("dir", "a file with quite a long name 299") == 302);
	CHECK(rename("output.txt", "renamed.txt") == 0 && stat("renamed.txt", &st) == 0 && st.st_size == 11 && S_ISREG(st.st_mode));
	CHECK(symlink("renamed.txt", "link") == 0 && lstat("link", &st) == 0 && S_ISLNK(st.st_mode));
	CHECK(readlink("link", buffer, sizeof buffer) == 11);
	CHECK(link("renamed.txt", "second") == 0 && stat("second", &st) == 0 && st.st_nlink == 2);
	CHECK(unlink("second") == 0 && stat("second", &st) == -1 && errno == ENOENT);
	CHECK(rmdir("dir") == -1 && errno == ENOTEMPTY);

	/* by absolute path */
	CHECK((f = fopen("/etc/passwd", "r")) && fgets(buffer, sizeof buffer, f) && strncmp(buffer, "root:", 5) == 0);
	if (f)
		fclose(f);
	CHECK((fd = open("/tmp/absolute", O_CREAT | O_RDWR, 0666)) >= 0);
	CHECK(write(fd, "0123456789", 10) == 10 && lseek(fd, -3, SEEK_END) == 7 && read(fd, buffer, 100) == 3 && memcmp(buffer, "789", 3) == 0);
	CHECK(pread(fd, buffer, 4, 2) == 4 && memcmp(buffer, "2345", 4) == 0);
	CHECK(ftruncate(fd, 4) == 0 && fstat(fd, &st) == 0 && st.st_size == 4);
	CHECK(close(fd) == 0 && close(fd) == -1 && errno == EBADF);
	CHECK(stat("/proc/nothing", &st) == -1 && errno == ENOENT);
	CHECK(stat("/bin/ls", &st) == 0 && S_ISREG(st.st_mode));
	CHECK(open("/etc", O_RDWR) == -1 && errno == EISDIR);

	/* descriptors, time */
	CHECK(!isatty(0) && !isatty(1));
	struct timespec before, after, nap = { 0, 10 * 1000 * 1000 };
	clock_gettime(CLOCK_MONOTONIC, &before);
	CHECK(nanosleep(&nap, NULL) == 0);
	clock_gettime(CLOCK_MONOTONIC, &after);
	CHECK((after.tv_sec - before.tv_sec) * 1000000000ll + after.tv_nsec - before.tv_nsec >= nap.tv_nsec);
	struct pollfd p = { .fd = 0, .events = POLLIN };
	CHECK(poll(&p, 1, 1000) == 1 && (p.revents & POLLIN));
	CHECK(fgets(buffer, sizeof buffer, stdin) && strcmp(buffer, "input line\n") == 0);

	puts(failures ? "failed" : "passed");
	return failures ? 1 : 7;
}
