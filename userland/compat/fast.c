/* The C library's slow spots, mended for BusyBox: lines, numbers, sorting, plain patterns, memory. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <wasm_simd128.h>

/* --- memory and strings: 16 bytes a step, the bulk instructions for long runs --- */
void *memcpy(void *restrict d, const void *restrict s, size_t n)
{
	if (n > 64) return __builtin_memcpy(d, s, n); /* memory.copy */
	unsigned char *a = d; const unsigned char *b = s;
	if (n >= 16) {
		size_t i = 0;
		for (; i + 16 <= n; i += 16) wasm_v128_store(a + i, wasm_v128_load(b + i));
		wasm_v128_store(a + n - 16, wasm_v128_load(b + n - 16));
		return d;
	}
	if (n >= 8) { uint64_t x, y; x = *(const uint64_t *)b; y = *(const uint64_t *)(b + n - 8); *(uint64_t *)a = x; *(uint64_t *)(a + n - 8) = y; return d; }
	if (n >= 4) { uint32_t x, y; x = *(const uint32_t *)b; y = *(const uint32_t *)(b + n - 4); *(uint32_t *)a = x; *(uint32_t *)(a + n - 4) = y; return d; }
	while (n--) *a++ = *b++;
	return d;
}
void *memset(void *d, int c, size_t n)
{
	if (n > 128) return __builtin_memset(d, c, n); /* memory.fill */
	unsigned char *a = d;
	if (n >= 16) {
		v128_t v = wasm_i8x16_splat((int8_t)c);
		for (size_t i = 0; i + 16 <= n; i += 16) wasm_v128_store(a + i, v);
		wasm_v128_store(a + n - 16, v);
		return d;
	}
	for (volatile size_t i = 0; i < n; i++) a[i] = (unsigned char)c;
	return d;
}
/* a load never leaves the page of its first byte when the address is aligned to 16 */
void *memchr(const void *s, int c, size_t n)
{
	/* n may be SIZE_MAX (strnlen, fnmatch): the end must not wrap around the address space */
	const unsigned char *p = s, *end = p + (n < -(uintptr_t)s - 16 ? n : -(uintptr_t)s - 16);
	v128_t v = wasm_i8x16_splat((int8_t)c);
	for (; p + 16 <= end; p += 16) {
		uint32_t m = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(p), v));
		if (m) return (void *)(p + __builtin_ctz(m));
	}
	for (; p < end; p++) if (*p == (unsigned char)c) return (void *)p;
	return NULL;
}
size_t strlen(const char *s)
{
	const char *p = (const char *)((uintptr_t)s & ~(uintptr_t)15);
	uint32_t m = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(p), wasm_i8x16_const_splat(0))) & (~0u << ((uintptr_t)s & 15));
	while (!m) { p += 16; m = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(p), wasm_i8x16_const_splat(0))); }
	return (size_t)(p + __builtin_ctz(m) - s);
}
int strcmp(const char *a, const char *b)
{
	const unsigned char *x = (const unsigned char *)a, *y = (const unsigned char *)b;
	for (;;) { /* 16 at a time while neither crosses a 64 KiB page's end */
		if ((((uintptr_t)x | (uintptr_t)y) & 0xfff0) != 0xfff0 && ((uintptr_t)x & 0xffff) <= 0xfff0 && ((uintptr_t)y & 0xffff) <= 0xfff0) {
			v128_t u = wasm_v128_load(x), w = wasm_v128_load(y);
			uint32_t m = wasm_i8x16_bitmask(wasm_v128_or(wasm_i8x16_ne(u, w), wasm_i8x16_eq(u, wasm_i8x16_const_splat(0))));
			if (m) { int i = __builtin_ctz(m); return x[i] - y[i]; }
			x += 16; y += 16;
		} else {
			for (int i = 0; i < 16; i++, x++, y++) if (*x != *y || !*x) return *x - *y;
		}
	}
}
int strcoll(const char *a, const char *b) { return strcmp(a, b); }

/* --- lines: the stream's own buffer is searched, a line is copied once --- */
size_t compat_line_end(const char *p, size_t n, char c)
{
	size_t i = 0;
	v128_t end = wasm_i8x16_splat(c), zero = wasm_i8x16_const_splat(0);
	for (; i + 16 <= n; i += 16) {
		v128_t v = wasm_v128_load(p + i);
		uint32_t m = wasm_i8x16_bitmask(wasm_v128_or(wasm_i8x16_eq(v, zero), wasm_i8x16_eq(v, end)));
		if (m) return i + (size_t)__builtin_ctz(m);
	}
	for (; i < n; i++) if (!p[i] || p[i] == c) break;
	return i;
}
const char *compat_buffered(FILE *f, size_t *n)
{
	const char *p = __freadptr(f, n);
	if (!p) *n = 0;
	return p;
}
void compat_consume(FILE *f, size_t n) { __freadptrinc(f, n); }

/* --- wc: a word is a run of printable ASCII between white space; other bytes neither begin nor end one --- */
static uint32_t space_bits(v128_t v)
{
	v128_t control = wasm_u8x16_le(wasm_i8x16_sub(v, wasm_i8x16_const_splat(9)), wasm_i8x16_const_splat(4));
	return wasm_i8x16_bitmask(wasm_v128_or(control, wasm_i8x16_eq(v, wasm_i8x16_const_splat(' '))));
}
static uint32_t graph_bits(v128_t v)
{
	return wasm_i8x16_bitmask(wasm_u8x16_lt(wasm_i8x16_sub(v, wasm_i8x16_const_splat(0x21)), wasm_i8x16_const_splat(0x7f - 0x21)));
}
void compat_count(const char *p, size_t n, uint64_t *lines, uint64_t *words, int *word)
{
	const char *end = p + n;
	uint64_t newlines = 0, ended = 0;
	int inside = words ? *word : 0;
	for (; p + 64 <= end; p += 64) {
		v128_t a = wasm_v128_load(p), b = wasm_v128_load(p + 16), c = wasm_v128_load(p + 32), d = wasm_v128_load(p + 48);
		v128_t nl = wasm_i8x16_const_splat('\n');
		uint64_t space, graph;
#define BITS(f) ((uint64_t)f(a) | (uint64_t)f(b) << 16 | (uint64_t)f(c) << 32 | (uint64_t)f(d) << 48)
#define newline_bits(v) wasm_i8x16_bitmask(wasm_i8x16_eq(v, nl))
		newlines += (unsigned)__builtin_popcountll(BITS(newline_bits));
		if (!words)
			continue;
		space = BITS(space_bits);
		graph = BITS(graph_bits);
		if (~(space | graph) == 0) {
			ended += (unsigned)__builtin_popcountll(space & (graph << 1 | (uint64_t)inside));
			inside = (int)(graph >> 63);
		} else
			for (int i = 0; i < 64; i++) {
				if (graph >> i & 1)
					inside = 1;
				else if (space >> i & 1) {
					ended += (unsigned)inside;
					inside = 0;
				}
			}
	}
	for (; p < end; p++) {
		unsigned char c = (unsigned char)*p;
		newlines += c == '\n';
		if (c - 0x21u < 0x7f - 0x21)
			inside = 1;
		else if (c == ' ' || c - 9u <= 4) {
			ended += (unsigned)inside;
			inside = 0;
		}
	}
	*lines += newlines;
	if (words) {
		*words += ended;
		*word = inside;
	}
}

/* --- numbers: up to 19 digits and a power of ten that a double holds exactly; else the library --- */
double __real_strtod(const char *, char **);
double __wrap_strtod(const char *s, char **end)
{
	static const double ten[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
	const char *p = s; uint64_t m = 0; int digits = 0, scale = 0, any = 0, neg = 0;
	while (*p == ' ' || (unsigned)*p - '\t' < 5) p++;
	if (*p == '-' || *p == '+') neg = *p++ == '-';
	if (*p == '0' && (p[1] | 32) == 'x') return __real_strtod(s, end);
	for (; (unsigned)*p - '0' < 10; p++, any = 1) { if (m || *p != '0') digits++; if (digits < 19) m = m * 10 + (unsigned)(*p - '0'); else return __real_strtod(s, end); }
	if (*p == '.') for (p++; (unsigned)*p - '0' < 10; p++, any = 1) { if (m || *p != '0') digits++; if (digits < 19) { m = m * 10 + (unsigned)(*p - '0'); scale--; } else return __real_strtod(s, end); }
	if (!any) return __real_strtod(s, end); /* inf, nan, nothing */
	if ((*p | 32) == 'e') return __real_strtod(s, end);
	if (m >> 53 || scale < -22) return __real_strtod(s, end);
	if (end) *end = (char *)p;
	double v = (double)m / ten[-scale];
	return neg ? -v : v;
}

/* --- sorting: merge, on pointers --- */
typedef int compare(const void *, const void *);
static void merge(void **a, void **t, size_t n, compare *c)
{
	if (n < 8) { for (size_t i = 1; i < n; i++) { void *x = a[i]; size_t j = i; while (j && c(&a[j - 1], &x) > 0) { a[j] = a[j - 1]; j--; } a[j] = x; } return; }
	size_t h = n / 2; merge(a, t, h, c); merge(a + h, t, n - h, c);
	if (c(&a[h - 1], &a[h]) <= 0) return;
	memcpy(t, a, h * sizeof *a);
	size_t i = 0, j = h, k = 0;
	while (i < h && j < n) a[k++] = c(&t[i], &a[j]) <= 0 ? t[i++] : a[j++];
	while (i < h) a[k++] = t[i++];
}
void __real_qsort(void *, size_t, size_t, compare *);
void __wrap_qsort(void *b, size_t n, size_t w, compare *c)
{
	void **t = w == sizeof(void *) ? malloc((n / 2 + 1) * w) : NULL;
	if (!t) { __real_qsort(b, n, w, c); return; }
	merge(b, t, n, c); free(t);
}
