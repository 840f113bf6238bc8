/*
 * alloc.c: small blocks by size, before dlmalloc. BusyBox's awk, sort, sed and grep allocate and free a few blocks for
 * every line of input; here each is a step on a free list. A word before the block tells which list it came from.
 */
#include "kernel.h"

#define UNIT 16 /* a block is a multiple of this, with its word; the list of a size is its index */
#define LISTS 33 /* blocks up to 512 bytes, 504 for the caller */
#define CHUNK 8192

struct block { struct block *next; };
static struct block *lists[LISTS];
static char *fresh, *fresh_end;

void *__real_malloc(size_t);
void __real_free(void *);
void *__real_realloc(void *, size_t);

#define WORD 8 /* keeps blocks aligned to 8 */
#define LIST(p) (((uint32_t *)(p))[-2]) /* 0: dlmalloc's */

static __attribute__((noinline)) void *large(size_t n)
{
	char *p = n > SIZE_MAX - WORD ? NULL : __real_malloc(n + WORD);
	if (!p) {
		errno = ENOMEM;
		return NULL;
	}
	p += WORD;
	LIST(p) = 0;
	return p;
}
static __attribute__((noinline)) void *carve(size_t list)
{
	size_t size = list * UNIT;
	char *p;
	if ((size_t)(fresh_end - fresh) < size) {
		p = __real_malloc(CHUNK); /* what is left of the last one is lost: less than a block */
		if (!p)
			return NULL;
		fresh = p;
		fresh_end = p + CHUNK;
	}
	p = fresh + WORD;
	fresh += size;
	LIST(p) = list;
	return p;
}
void *__wrap_malloc(size_t n)
{
	size_t list = (n + WORD + UNIT - 1) / UNIT;
	struct block *b;
	if (n > (LISTS - 1) * UNIT - WORD)
		return large(n);
	b = lists[list];
	if (!b)
		return carve(list);
	lists[list] = b->next;
	return b;
}
void __wrap_free(void *p)
{
	uint32_t list;
	if (!p)
		return;
	list = LIST(p);
	if (list == 0) {
		__real_free((char *)p - WORD);
		return;
	}
	((struct block *)p)->next = lists[list];
	lists[list] = p;
}
void *__wrap_calloc(size_t n, size_t size)
{
	size_t all;
	void *p;
	if (__builtin_mul_overflow(n, size, &all)) {
		errno = ENOMEM;
		return NULL;
	}
	p = __wrap_malloc(all); /* by this name: clang makes calloc of malloc and memset */
	return p ? memset(p, 0, all) : p;
}
void *__wrap_realloc(void *p, size_t n)
{
	uint32_t list;
	size_t had;
	char *q;
	if (!p)
		return malloc(n);
	list = LIST(p);
	if (list == 0) {
		if (n > SIZE_MAX - WORD) {
			errno = ENOMEM;
			return NULL;
		}
		q = __real_realloc((char *)p - WORD, n + WORD);
		return q ? q + WORD : NULL;
	}
	had = list * UNIT - WORD;
	if (n <= had)
		return p;
	q = malloc(n);
	if (!q)
		return NULL;
	memcpy(q, p, had);
	free(p);
	return q;
}
