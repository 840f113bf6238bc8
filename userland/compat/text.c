/* text.c: inner loops of text applets over a block of bytes, 16 at a time. */
#include <wasm_simd128.h>
#include "kernel.h"

void *memrchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s, *end = p + n;
	v128_t v = wasm_i8x16_splat((int8_t)c);
	for (; end - p >= 16; end -= 16) {
		uint32_t m = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(end - 16), v));
		if (m)
			return (void *)(end - 16 + (31 - __builtin_clz(m)));
	}
	while (end > p)
		if (*--end == (unsigned char)c)
			return (void *)end;
	return NULL;
}

/* as strlen in fast.c: an aligned load never leaves the page of its first byte */
char *strchrnul(const char *s, int c)
{
	const char *p = (const char *)((uintptr_t)s & ~(uintptr_t)15);
	v128_t v = wasm_i8x16_splat((int8_t)c), zero = wasm_i8x16_const_splat(0), x = wasm_v128_load(p);
	uint32_t m = wasm_i8x16_bitmask(wasm_v128_or(wasm_i8x16_eq(x, v), wasm_i8x16_eq(x, zero))) & (~0u << ((uintptr_t)s & 15));
	while (!m) {
		p += 16;
		x = wasm_v128_load(p);
		m = wasm_i8x16_bitmask(wasm_v128_or(wasm_i8x16_eq(x, v), wasm_i8x16_eq(x, zero)));
	}
	return (char *)p + __builtin_ctz(m);
}
char *__strchrnul(const char *s, int c) { return strchrnul(s, c); }
char *strchr(const char *s, int c)
{
	char *p = strchrnul(s, c);
	return *p == (char)c ? p : NULL;
}

bool compat_reverse(char *s, size_t n)
{
	v128_t zero = wasm_i8x16_const_splat(0);
	size_t i = 0, j = n;

	for (; i + 16 <= n; i += 16)
		if (wasm_v128_any_true(wasm_i8x16_le(wasm_v128_load(s + i), zero)))
			return false;
	for (; i < n; i++)
		if ((signed char)s[i] <= 0)
			return false;
#define REVERSED(v) wasm_i8x16_shuffle(v, v, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
	for (i = 0; j - i >= 32; i += 16, j -= 16) {
		v128_t a = wasm_v128_load(s + i), b = wasm_v128_load(s + j - 16);
		wasm_v128_store(s + i, REVERSED(b));
		wasm_v128_store(s + j - 16, REVERSED(a));
	}
	if (j - i >= 16) { /* the two halves may overlap: both are read before they are written */
		v128_t a = wasm_v128_load(s + i), b = wasm_v128_load(s + j - 16);
		wasm_v128_store(s + i, REVERSED(b));
		wasm_v128_store(s + j - 16, REVERSED(a));
		return true;
	}
	for (; i + 1 < j; i++) {
		char c = s[i];
		s[i] = s[--j];
		s[j] = c;
	}
	return true;
}

size_t compat_columns(const char *s, size_t n, size_t most, bool bytes)
{
	size_t i = 0;
	if (n > most)
		n = most;
	for (; i + 16 <= n; i += 16) {
		v128_t v = wasm_v128_load(s + i), other = wasm_i8x16_eq(v, wasm_i8x16_const_splat('\n'));
		uint32_t m;
		if (!bytes) /* \b, \t and \r, and the bytes after the first of a character in UTF-8: those below -64 */
			other = wasm_v128_or(wasm_v128_or(other, wasm_i8x16_eq(v, wasm_i8x16_const_splat('\r'))),
				wasm_v128_or(wasm_u8x16_le(wasm_i8x16_sub(v, wasm_i8x16_const_splat('\b')), wasm_i8x16_const_splat(1)),
					wasm_i8x16_lt(v, wasm_i8x16_const_splat(-64))));
		m = wasm_i8x16_bitmask(other);
		if (m)
			return i + (size_t)__builtin_ctz(m);
	}
	for (; i < n; i++) {
		char c = s[i];
		if (c == '\n' || (!bytes && (c == '\b' || c == '\t' || c == '\r' || (c & 0xc0) == 0x80)))
			break;
	}
	return i;
}

void compat_shift(char *s, size_t n, unsigned char low, unsigned char high, unsigned char by)
{
	v128_t first = wasm_i8x16_splat((int8_t)low), width = wasm_i8x16_splat((int8_t)(high - low)), shift = wasm_i8x16_splat((int8_t)by);
	size_t i = 0;
	for (; i + 16 <= n; i += 16) {
		v128_t v = wasm_v128_load(s + i), in = wasm_u8x16_le(wasm_i8x16_sub(v, first), width);
		wasm_v128_store(s + i, wasm_i8x16_add(v, wasm_v128_and(in, shift)));
	}
	for (; i < n; i++)
		if ((unsigned char)(s[i] - low) <= high - low)
			s[i] += by;
}

int compat_base64(char *out, const void *in, int n)
{
	const unsigned char *s = in;
	int i = 0;
	for (; i + 16 <= n; i += 12, out += 16) {
		v128_t v = wasm_v128_load(s + i), x, y;
		v = wasm_i8x16_shuffle(v, wasm_i8x16_const_splat(0), 2, 1, 0, 16, 5, 4, 3, 16, 8, 7, 6, 16, 11, 10, 9, 16);
		x = wasm_v128_or(wasm_v128_and(wasm_u32x4_shr(v, 18), wasm_i32x4_const_splat(0x3f)),
			wasm_v128_and(wasm_u32x4_shr(v, 4), wasm_i32x4_const_splat(0x3f00)));
		y = wasm_v128_or(wasm_v128_and(wasm_i32x4_shl(v, 10), wasm_i32x4_const_splat(0x3f0000)),
			wasm_v128_and(wasm_i32x4_shl(v, 24), wasm_i32x4_const_splat(0x3f000000)));
		v = wasm_v128_or(x, y);
#define FROM(least, add) wasm_v128_and(wasm_i8x16_ge(v, wasm_i8x16_const_splat(least)), wasm_i8x16_const_splat(add))
		x = wasm_i8x16_add(wasm_i8x16_const_splat('A'), FROM(26, 'a' - 'Z' - 1));
		x = wasm_i8x16_add(x, FROM(52, '0' - 'z' - 1));
		x = wasm_i8x16_add(x, wasm_i8x16_add(FROM(62, '+' - '9' - 1), FROM(63, '/' - '+' - 1)));
		wasm_v128_store(out, wasm_i8x16_add(v, x));
	}
	return i;
}
