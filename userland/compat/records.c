/*
 * records.c: lines sorted by a number for each that goes before all else. A number is 8 bytes of a line or of its key, so
 * that two lines are nearly always told apart without reading them; sorting by digits of 11 bits needs no comparison at all.
 */
#include <wasm_simd128.h>
#include "kernel.h"

typedef struct compat_record record;

static inline uint64_t number_at(const record *r, size_t depth)
{
	size_t left = r->len > depth ? r->len - depth : 0;
	v128_t v;
	uint64_t n;
	if (left == 0)
		return 0;
	v = wasm_v128_load64_zero(r->line + depth); /* a line has 16 bytes to read after it */
	n = (uint64_t)wasm_i64x2_extract_lane(wasm_i8x16_shuffle(v, v, 7, 6, 5, 4, 3, 2, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0), 0);
	return left >= 8 ? n : n & ~(UINT64_MAX >> left * 8);
}

/* --- by numbers alone --- */
#define BITS 11
#define FEW 12 /* up to this many by insertion */
#define MANY 1024 /* from this many on by digits */

static void insert(record *a, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		record x = a[i];
		size_t j = i;
		for (; j && a[j - 1].number > x.number; j--)
			a[j] = a[j - 1];
		a[j] = x;
	}
}
static void merge(record *a, record *tmp, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;
	if (n <= FEW) {
		insert(a, n);
		return;
	}
	merge(a, tmp, half);
	merge(a + half, tmp, n - half);
	if (a[half - 1].number <= a[half].number)
		return;
	memcpy(tmp, a, half * sizeof *a);
	while (i < half && j < n) { /* without a branch on the numbers, which could not be foretold */
		int second = a[j].number < tmp[i].number;
		const record *from = second ? &a[j] : &tmp[i];
		a[k++] = *from;
		j += (size_t)second;
		i += (size_t)!second;
	}
	memcpy(a + k, tmp + i, (half - i) * sizeof *a);
}
static void by_digits(record *a, record *tmp, size_t n, uint64_t differing)
{
	record *from = a, *to = tmp;
	for (int shift = __builtin_ctzll(differing); shift < 64 && differing >> shift; shift += BITS) {
		uint32_t place[1 << BITS] = { 0 }, sum = 0;
		record *t;
		if ((differing >> shift & ((1 << BITS) - 1)) == 0)
			continue;
		for (size_t i = 0; i < n; i++)
			place[from[i].number >> shift & ((1 << BITS) - 1)]++;
		for (size_t d = 0; d < 1 << BITS; d++) {
			uint32_t count = place[d];
			place[d] = sum;
			sum += count;
		}
		for (size_t i = 0; i < n; i++)
			to[place[from[i].number >> shift & ((1 << BITS) - 1)]++] = from[i];
		t = from;
		from = to;
		to = t;
	}
	if (from != a)
		memcpy(a, from, n * sizeof *a);
}
void compat_sort_numbers(struct compat_record *a, struct compat_record *tmp, size_t n)
{
	uint64_t differing = 0;
	if (n < MANY) {
		merge(a, tmp, n);
		return;
	}
	for (size_t i = 1; i < n; i++)
		differing |= a[i].number ^ a[0].number;
	if (differing)
		by_digits(a, tmp, n, differing);
}

/* --- with a comparison --- */
void compat_sort_records(struct compat_record *a, struct compat_record *tmp, size_t n, compat_compare *compare)
{
	size_t half = n / 2, i = 0, j = half, k = 0;
	if (n < 8) {
		for (i = 1; i < n; i++) {
			record x = a[i];
			for (j = i; j && compare(&a[j - 1], &x) > 0; j--)
				a[j] = a[j - 1];
			a[j] = x;
		}
		return;
	}
	compat_sort_records(a, tmp, half, compare);
	compat_sort_records(a + half, tmp, n - half, compare);
	if (compare(&a[half - 1], &a[half]) <= 0)
		return;
	memcpy(tmp, a, half * sizeof *a);
	while (i < half && j < n)
		a[k++] = compare(&tmp[i], &a[j]) <= 0 ? tmp[i++] : a[j++];
	memcpy(a + k, tmp + i, (half - i) * sizeof *a);
}

/* --- whole lines, by their bytes --- */
#define DEEPEST 64 /* levels of recursion; what is left then is compared */

static int compare_lines(const void *x, const void *y)
{
	return strcmp(((const record *)x)->line, ((const record *)y)->line);
}
/* 16 bytes, those after the line's end being 0 */
static inline v128_t head(const record *r, size_t depth)
{
	static const unsigned char mask[32] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
	size_t left = r->len > depth ? r->len - depth : 0;
	v128_t v;
	if (left == 0)
		return wasm_i8x16_const_splat(0);
	v = wasm_v128_load(r->line + depth);
	return left >= 16 ? v : wasm_v128_and(v, wasm_v128_load(mask + 16 - left));
}
/* of lines that are the same up to `depth` */
static void sort_lines(record *a, record *tmp, size_t n, size_t depth, int level)
{
	for (;;) {
		v128_t first, differing = wasm_i8x16_const_splat(0);
		uint32_t same;
		if (n < 2)
			return;
		if (n < 4 || level == DEEPEST) {
			compat_sort_records(a, tmp, n, compare_lines);
			return;
		}
		first = head(a, depth);
		for (size_t i = 1; i < n; i++)
			differing = wasm_v128_or(differing, wasm_v128_xor(first, head(&a[i], depth)));
		same = wasm_i8x16_bitmask(wasm_i8x16_eq(differing, wasm_i8x16_const_splat(0)));
		if (same != 0xffff) {
			depth += (size_t)__builtin_ctz(~same);
			break;
		}
		if (a[0].len < depth + 16)
			return; /* all end here */
		depth += 16;
	}
	for (size_t i = 0; i < n; i++)
		a[i].number = number_at(&a[i], depth);
	compat_sort_numbers(a, tmp, n);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && a[j].number == a[i].number; j++)
			continue;
		if (j - i > 1 && (a[i].number & 0xff)) /* else they have ended */
			sort_lines(a + i, tmp, j - i, depth + 8, level + 1);
	}
}
void compat_sort_lines(struct compat_record *a, struct compat_record *tmp, size_t n)
{
	sort_lines(a, tmp, n, 0, 0);
}

/* --- a text's lines --- */
size_t compat_lines(char *text, size_t n, bool newline, struct compat_record *a)
{
	const v128_t nl = wasm_i8x16_splat(newline ? '\n' : '\0'), zero = wasm_i8x16_const_splat(0);
	size_t lines = 0, begin = 0;
	for (size_t i = 0; i < n; i += 16) {
		v128_t v = wasm_v128_load(text + i);
		uint32_t m = wasm_i8x16_bitmask(wasm_v128_or(wasm_i8x16_eq(v, nl), wasm_i8x16_eq(v, zero)));
		if (n - i < 16)
			m &= (1u << (n - i)) - 1;
		for (; m; m &= m - 1) {
			size_t end = i + (size_t)__builtin_ctz(m);
			if (a) {
				text[end] = '\0';
				a[lines].line = text + begin;
				a[lines].len = end - begin;
			}
			lines++;
			begin = end + 1;
		}
	}
	if (begin < n) {
		if (a) {
			text[n] = '\0';
			a[lines].line = text + begin;
			a[lines].len = n - begin;
		}
		lines++;
	}
	return lines;
}
