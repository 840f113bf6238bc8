/*
 * kernel.c: a compute kernel of four kinds of work, as CoreMark has them: lists that are searched, sorted and turned
 * round; a product of small matrices; a state machine over text; a checksum bit by bit. No library function but main's own
 * printf, no memory from outside. `kernel ROUNDS` prints a number that depends on every step.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define NODES 256
#define SIZE 24
#define TEXT 2000

static uint16_t crc(uint32_t value, uint16_t crc)
{
	for (int i = 0; i < 32; i++, value >>= 1) {
		uint16_t carry = (crc ^ value) & 1;
		crc >>= 1;
		if (carry)
			crc ^= 0xa001;
	}
	return crc;
}

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* --- lists --- */

struct item { int16_t key, value; };
struct list { struct list *next; struct item *item; };
static struct list lists[NODES];
static struct item items[NODES];

static int by_key(const struct item *a, const struct item *b) { return a->key - b->key; }
static int by_value(const struct item *a, const struct item *b) { return (a->value & 0xff) - (b->value & 0xff); }

static struct list *merge_sort(struct list *list, int (*compare)(const struct item *, const struct item *))
{
	for (int width = 1;; width *= 2) {
		struct list *rest = list, *last = NULL;
		int merges = 0;
		list = NULL;
		while (rest) {
			struct list *a = rest, *b = rest;
			int na = 0, nb = width;
			merges++;
			for (; na < width && b; na++)
				b = b->next;
			while (na > 0 || (nb > 0 && b)) {
				struct list *take;
				if (na == 0 || (nb > 0 && b && compare(a->item, b->item) > 0)) {
					take = b;
					b = b->next;
					nb--;
				} else {
					take = a;
					a = a->next;
					na--;
				}
				if (last)
					last->next = take;
				else
					list = take;
				last = take;
			}
			rest = b;
		}
		last->next = NULL;
		if (merges <= 1)
			return list;
	}
}

static uint16_t work_on_lists(uint32_t seed, uint16_t sum)
{
	struct list *list = NULL, *p, *turned = NULL;
	for (int i = 0; i < NODES; i++) {
		items[i].key = next(&seed) % 1000;
		items[i].value = next(&seed);
		lists[i].item = &items[i];
		lists[i].next = list;
		list = &lists[i];
	}
	for (int find = 0; find < 60; find++) {
		int steps = 0;
		for (p = list; p && p->item->key != find * 16; p = p->next)
			steps++;
		sum = crc(p ? p->item->value : steps, sum);
	}
	list = merge_sort(list, by_value);
	sum = crc(list->item->value, sum);
	while (list) {
		p = list->next;
		list->next = turned;
		turned = list;
		list = p;
	}
	list = merge_sort(turned, by_key);
	for (p = list; p; p = p->next)
		sum = crc((uint32_t)p->item->key << 16 | (uint16_t)p->item->value, sum);
	return sum;
}

/* --- matrices --- */

static int16_t a[SIZE][SIZE], b[SIZE][SIZE];
static int32_t c[SIZE][SIZE];

static uint16_t work_on_matrices(uint32_t seed, uint16_t sum)
{
	int32_t previous = 0, total = 0;
	for (int i = 0; i < SIZE; i++)
		for (int j = 0; j < SIZE; j++) {
			a[i][j] = next(&seed) % 200 - 100;
			b[i][j] = next(&seed) % 200;
		}
	for (int turn = 0; turn < 3; turn++) {
		for (int i = 0; i < SIZE; i++)
			for (int j = 0; j < SIZE; j++) {
				int32_t x = 0;
				for (int k = 0; k < SIZE; k++) {
					int32_t y = a[i][k] * b[k][j];
					x += turn == 2 ? ((y >> 2) & 0xf) * ((y >> 5) & 0x7f) : y;
				}
				c[i][j] = x;
			}
		for (int i = 0; i < SIZE; i++)
			for (int j = 0; j < SIZE; j++) {
				total += c[i][j] > previous ? 10 : 1;
				previous = c[i][j];
				a[i][j] += turn;
			}
		sum = crc(total, sum);
	}
	return sum;
}

/* --- a state machine: what kinds of numbers stand in a text --- */

enum state { START, INTEGER, SIGN, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, SCIENTIFIC, INVALID, STATES };
static char text[TEXT + 1];

static enum state number(const char **at, uint32_t *count)
{
	enum state state = START;
	const char *p = *at;
	for (; *p && *p != ','; p++) {
		enum state before = state;
		int digit = *p >= '0' && *p <= '9';
		switch (state) {
		case START: state = digit ? INTEGER : *p == '+' || *p == '-' ? SIGN : *p == '.' ? POINT : INVALID; break;
		case SIGN: state = digit ? INTEGER : *p == '.' ? POINT : INVALID; break;
		case INTEGER: state = digit ? INTEGER : *p == '.' ? FRACTION : *p == 'e' ? EXPONENT : INVALID; break;
		case POINT: state = digit ? FRACTION : INVALID; break;
		case FRACTION: state = digit ? FRACTION : *p == 'e' ? EXPONENT : INVALID; break;
		case EXPONENT: state = digit ? SCIENTIFIC : *p == '+' || *p == '-' ? EXPONENT_SIGN : INVALID; break;
		case EXPONENT_SIGN: state = digit ? SCIENTIFIC : INVALID; break;
		case SCIENTIFIC: state = digit ? SCIENTIFIC : INVALID; break;
		default: break;
		}
		count[before] += state != before;
	}
	*at = *p ? p + 1 : p;
	return state;
}

static uint16_t work_on_text(uint32_t seed, uint16_t sum)
{
	static const char *const kinds[] = { "5012", "-874", "+122", "35.54400", ".1234500", "-110.700", "5.500e+3", "-.123e-2", "T0.3e-1F", "1e-", "-e5" };
	uint32_t finals[STATES] = { 0 }, changes[STATES] = { 0 };
	const char *p;
	int n = 0;
	while (n < TEXT - 12) {
		for (p = kinds[next(&seed) % 11]; *p; p++)
			text[n++] = *p;
		text[n++] = ',';
	}
	text[n] = 0;
	for (int turn = 0; turn < 2; turn++) {
		for (p = text; *p;)
			finals[number(&p, changes)]++;
		for (int i = turn; i < n; i += 37)
			if (text[i] != ',')
				text[i] ^= turn + 1;
	}
	for (int i = 0; i < STATES; i++)
		sum = crc(finals[i] + (changes[i] << 12), sum);
	return sum;
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 1000;
	uint16_t sum = 0;
	for (int i = 0; i < rounds; i++) {
		sum = work_on_lists(i * 77 + sum, sum);
		sum = work_on_matrices(i * 31 + sum, sum);
		sum = work_on_text(i * 19 + sum, sum);
	}
	printf("%04x\n", sum);
	return 0;
}
