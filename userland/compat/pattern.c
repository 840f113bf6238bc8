/*
 * pattern.c: regcomp and regexec before those of the C library. A plain string is found by two of its bytes and a
 * comparison, most other expressions by dfa.c; what groups matched, and back references, are musl's business.
 */
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wasm_simd128.h>
#include "dfa.h"

struct fast { char *text; size_t length; struct dfa *dfa; };
#define FAST(r) (*(struct fast **)&(r)->__padding[0]) /* musl leaves this field of regex_t alone */

int __real_regcomp(regex_t *, const char *, int);
int __real_regexec(const regex_t *, const char *, size_t, regmatch_t *, int);
void __real_regfree(regex_t *);

/*
 * musl has back references in basic expressions only, and there all of the operators of extended ones, with a
 * backslash: an extended expression with a back reference is put that way. NULL: it has none.
 */
static char *as_basic(const char *p)
{
	char *out = malloc(2 * strlen(p) + 1), *o = out;
	bool refers = false;

	if (!out)
		return NULL;
	while (*p)
		if (*p == '\\' && p[1]) {
			refers |= p[1] >= '1' && p[1] <= '9';
			if (!strchr("(){}|+?", p[1]))
				*o++ = '\\';
			*o++ = p[1];
			p += 2;
		} else if (*p == '[') { /* as it stands, up to its end */
			*o++ = *p++;
			if (*p == '^')
				*o++ = *p++;
			if (*p == ']')
				*o++ = *p++;
			while (*p && *p != ']') {
				char kind = p[1];
				*o++ = *p++;
				if (p[-1] != '[' || !kind || !strchr(":.=", kind))
					continue;
				*o++ = *p++;
				while (*p && !(p[0] == kind && p[1] == ']'))
					*o++ = *p++;
				if (*p)
					*o++ = *p++;
				if (*p)
					*o++ = *p++;
			}
			if (*p)
				*o++ = *p++;
		} else {
			if (strchr("(){}|+?", *p))
				*o++ = '\\';
			*o++ = *p++;
		}
	*o = 0;
	if (refers)
		return out;
	free(out);
	return NULL;
}

/* a plain string: nothing of it is an error, and musl's automaton is not needed */
static int plain(regex_t *r, const char *pattern)
{
	struct fast *f = malloc(sizeof(*f));

	if (!f)
		return REG_ESPACE;
	*f = (struct fast){ .text = strdup(pattern), .length = strlen(pattern) };
	if (!f->text) {
		free(f);
		return REG_ESPACE;
	}
	r->re_nsub = 0;
	FAST(r) = f;
	return 0;
}

int __wrap_regcomp(regex_t *r, const char *pattern, int flags)
{
	char *basic;
	struct fast *f;
	int error;

	if (!(flags & (REG_ICASE | REG_NEWLINE)) && *pattern && !pattern[strcspn(pattern, "\\[].*^$+?(){}|")])
		return plain(r, pattern);
	basic = (flags & REG_EXTENDED) && strchr(pattern, '\\') ? as_basic(pattern) : NULL;
	error = basic ? __real_regcomp(r, basic, flags & ~REG_EXTENDED) : __real_regcomp(r, pattern, flags);
	FAST(r) = NULL;
	if (basic) {
		free(basic);
		return error;
	}
	if (error || (flags & REG_NEWLINE) || !*pattern)
		return error;
	f = malloc(sizeof(*f));
	if (!f)
		return 0;
	*f = (struct fast){ .dfa = dfa_compile(pattern, flags & REG_EXTENDED, flags & REG_ICASE) };
	if (f->dfa)
		FAST(r) = f;
	else
		free(f);
	return 0;
}

const char *compat_find(const char *h, size_t n, const char *s, size_t m)
{
	v128_t a = wasm_i8x16_splat(s[0]), b = wasm_i8x16_splat(s[m - 1]);
	size_t i = 0;
	if (n < m)
		return NULL;
	for (; i + m - 1 + 16 <= n; i += 16) {
		uint32_t k = wasm_i8x16_bitmask(wasm_v128_and(wasm_i8x16_eq(wasm_v128_load(h + i), a),
			wasm_i8x16_eq(wasm_v128_load(h + i + m - 1), b)));
		for (; k; k &= k - 1) {
			size_t j = i + (size_t)__builtin_ctz(k);
			if (!memcmp(h + j, s, m))
				return h + j;
		}
	}
	for (; i <= n - m; i++)
		if (h[i] == s[0] && !memcmp(h + i, s, m))
			return h + i;
	return NULL;
}

int __wrap_regexec(const regex_t *r, const char *s, size_t n, regmatch_t *m, int flags)
{
	const struct fast *f = FAST(r);
	size_t from = 0, to = 0;
	bool where = n > 0 && m;

	if (!f)
		return __real_regexec(r, s, n, m, flags);
	if (f->text) {
		const char *p = compat_find(s, strlen(s), f->text, f->length);
		if (!p)
			return REG_NOMATCH;
		from = p - s;
		to = from + f->length;
	} else {
		bool groups = n > 1 && r->re_nsub > 0;
		enum dfa_verdict v = dfa_search(f->dfa, s, !(flags & REG_NOTBOL), !(flags & REG_NOTEOL),
			where && !groups ? &from : NULL, &to);
		if (v == DFA_NONE)
			return REG_NOMATCH;
		if (v == DFA_UNKNOWN || (where && groups))
			return __real_regexec(r, s, n, m, flags);
	}
	if (where) {
		m[0].rm_so = from;
		m[0].rm_eo = to;
		for (size_t i = 1; i < n; i++)
			m[i].rm_so = m[i].rm_eo = -1;
	}
	return 0;
}
void __wrap_regfree(regex_t *r)
{
	struct fast *f = FAST(r);
	bool compiled = !f || f->dfa;
	if (f) {
		free(f->text);
		dfa_free(f->dfa);
		free(f);
		FAST(r) = NULL;
	}
	if (compiled)
		__real_regfree(r);
}
