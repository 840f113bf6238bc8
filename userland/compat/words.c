/* words.c: words between white space, split off as far as they are asked for, 16 bytes a step */
#include <wasm_simd128.h>
#include "kernel.h"

/* copies the next 16 bytes, and says which of them are white space, or after the end */
static uint32_t step(struct compat_words *w)
{
	v128_t v = wasm_v128_load(w->from + w->at), control;
	size_t left = w->len - w->at;
	uint32_t m;
	wasm_v128_store(w->to + w->at, v);
	control = wasm_u8x16_lt(wasm_i8x16_sub(v, wasm_i8x16_const_splat('\t')), wasm_i8x16_const_splat(5));
	m = wasm_i8x16_bitmask(wasm_v128_or(control, wasm_i8x16_eq(v, wasm_i8x16_const_splat(' '))));
	return left < 16 ? m | ~0u << left : m | ~0u << 16;
}
void compat_begin_words(struct compat_words *w, const char *from, char *to, size_t len)
{
	w->from = from;
	w->to = to;
	w->len = len;
	w->at = 0;
	w->spaces = step(w);
}
size_t compat_words(struct compat_words *w, char **words, size_t most)
{
	uint32_t spaces = w->spaces; /* from the place on that was reached */
	size_t n = 0;
	for (; n < most; n++) {
		int i;
		while (spaces == ~0u) {
			if (w->len - w->at <= 16)
				goto end;
			w->at += 16;
			spaces = step(w);
		}
		i = __builtin_ctz(~spaces);
		words[n] = w->to + w->at + i;
		spaces &= ~0u << i;
		while ((spaces & 0xffff) == 0) {
			if (w->len - w->at <= 16) { /* the last word ends where the text does */
				w->to[w->len] = '\0';
				spaces = ~0u;
				n++;
				goto end;
			}
			w->at += 16;
			spaces = step(w);
		}
		i = __builtin_ctz(spaces);
		w->to[w->at + (size_t)i] = '\0';
		spaces |= (2u << i) - 1;
	}
end:
	w->spaces = spaces;
	return n;
}
