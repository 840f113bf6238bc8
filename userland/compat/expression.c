/* expression.c: parses a regular expression, basic or extended, as far as all libraries agree on what it means. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "expression.h"

#define TREES 256
#define MOST_REPEATS 64

struct parser { const char *pattern, *p; bool extended, ignore_case; struct tree *trees; int count, depth, anchors; };

static void include(struct set *s, unsigned char c) { s->bits[c >> 5] |= 1u << (c & 31); }

static int grow(struct parser *x, enum kind kind, int left, int right)
{
	if (left == FAIL || right == FAIL || x->count == TREES)
		return FAIL;
	x->anchors += kind == LINE_BEGIN || kind == LINE_END;
	x->trees[x->count] = (struct tree){ .kind = kind, .left = left, .right = right };
	return x->count++;
}
static int grow_set(struct parser *x, struct set s, bool negated)
{
	int t = grow(x, SET, 0, 0);
	if (t == FAIL)
		return FAIL;
	if (x->ignore_case)
		for (int c = 0; c < 256; c++)
			if (includes(&s, c) && isalpha(c))
				include(&s, c ^ 0x20);
	if (negated)
		for (int i = 0; i < 8; i++)
			s.bits[i] = ~s.bits[i];
	s.bits[0] &= ~1u; /* NUL ends the text */
	x->trees[t].set = s;
	return t;
}
static int grow_byte(struct parser *x, unsigned char c)
{
	struct set s = { 0 };
	include(&s, c);
	return grow_set(x, s, false);
}

static bool class(struct set *s, const char **p)
{
	static const struct { char name[8]; int (*is)(int); } classes[] = {
		{ "alpha:]", isalpha }, { "digit:]", isdigit }, { "alnum:]", isalnum }, { "upper:]", isupper }, { "lower:]", islower },
		{ "space:]", isspace }, { "blank:]", isblank }, { "punct:]", ispunct }, { "print:]", isprint }, { "graph:]", isgraph },
		{ "cntrl:]", iscntrl },
	};
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (strncmp(*p, classes[i].name, 7) == 0) {
			for (int c = 1; c < 256; c++)
				if (classes[i].is(c))
					include(s, c);
			*p += 7;
			return true;
		}
	return false; /* also xdigit */
}
static int bracket(struct parser *x)
{
	struct set s = { 0 };
	const char *p = x->p;
	bool negated = *p == '^', first = true;

	p += negated;
	for (; *p != ']' || first; first = false) {
		unsigned char low = *p, high;
		if (low == 0 || low >= 0x80)
			return FAIL;
		if (low == '[' && p[1] == ':') {
			p += 2;
			if (!class(&s, &p))
				return FAIL;
			continue;
		}
		if (low == '[' && (p[1] == '.' || p[1] == '='))
			return FAIL;
		p++;
		high = low;
		if (*p == '-' && p[1] != ']') {
			high = p[1];
			if (high == 0 || high >= 0x80 || high == '[' || high < low)
				return FAIL;
			p += 2;
		}
		for (int c = low; c <= high; c++)
			include(&s, c);
	}
	x->p = p + 1;
	return grow_set(x, s, negated);
}

static int alternatives(struct parser *x);

/* 'x' or, in a basic expression, '\x' */
static bool operator(const struct parser *x, char c)
{
	return x->extended ? *x->p == c : *x->p == '\\' && x->p[1] == c;
}
static int atom(struct parser *x, bool first)
{
	unsigned char c = *x->p;
	int t;

	if (operator(x, '(')) {
		if (++x->depth > 50)
			return FAIL;
		x->p += x->extended ? 1 : 2;
		t = alternatives(x);
		if (t == FAIL || !operator(x, ')'))
			return FAIL;
		x->p += x->extended ? 1 : 2;
		x->depth--;
		return t;
	}
	if (c >= 0x80)
		return FAIL;
	x->p++;
	switch (c) {
	case '[':
		return bracket(x);
	case '.': {
		struct set none = { 0 };
		return grow_set(x, none, true);
	}
	case '^':
		if (!x->extended && first && x->p - 1 != x->pattern && x->p[-2] == '|')
			return FAIL; /* after \|: libraries differ */
		return x->extended || first ? grow(x, LINE_BEGIN, 0, 0) : grow_byte(x, c);
	case '$':
		if (x->extended || *x->p == 0 || (x->p[0] == '\\' && (x->p[1] == ')' || x->p[1] == '|')))
			return grow(x, LINE_END, 0, 0);
		return grow_byte(x, c);
	case '*':
		return FAIL; /* at a beginning: literal, or an error */
	case '\\':
		c = *x->p++;
		if (!ispunct(c) || c == '<' || c == '>' || c == '`' || c == '\'')
			return FAIL;
		if (!x->extended && strchr("{}+?|()", c))
			return FAIL;
		return grow_byte(x, c);
	case '+': case '?': case '{': case '|': case '(': case ')':
		return x->extended ? FAIL : grow_byte(x, c);
	default:
		return grow_byte(x, c);
	}
}
static int limit(struct parser *x)
{
	int n = 0;
	if (!isdigit((unsigned char)*x->p))
		return FAIL;
	while (isdigit((unsigned char)*x->p) && n <= MOST_REPEATS)
		n = n * 10 + *x->p++ - '0';
	return n <= MOST_REPEATS ? n : FAIL;
}
static int repeated(struct parser *x, bool first)
{
	int anchors = x->anchors, t = atom(x, first), least = 0, most = -1;
	bool star = *x->p == '*';

	if (t == FAIL)
		return FAIL;
	if (!star && !operator(x, '+') && !operator(x, '?') && !operator(x, '{'))
		return t;
	if (x->anchors != anchors)
		return FAIL; /* ^ or $ within what is repeated: libraries differ */
	if (star)
		x->p++;
	else if (operator(x, '{')) {
		x->p += x->extended ? 1 : 2;
		least = most = limit(x);
		if (least == FAIL)
			return FAIL;
		if (*x->p == ',') {
			x->p++;
			most = operator(x, '}') ? -1 : limit(x);
			if (!operator(x, '}') || (most >= 0 && most < least))
				return FAIL;
		}
		if (!operator(x, '}'))
			return FAIL;
		x->p += x->extended ? 1 : 2;
	} else {
		bool plus = operator(x, '+');
		least = plus;
		most = plus ? -1 : 1;
		x->p += x->extended ? 1 : 2;
	}
	if (*x->p == '*' || operator(x, '+') || operator(x, '?') || operator(x, '{'))
		return FAIL;
	t = grow(x, REPEAT, t, 0);
	if (t != FAIL) {
		x->trees[t].least = least;
		x->trees[t].most = most;
	}
	return t;
}
static int branch(struct parser *x)
{
	int t = FAIL;
	bool first = true;
	while (*x->p && !operator(x, '|') && !(x->depth && operator(x, ')'))) {
		int next = repeated(x, first);
		if (next == FAIL)
			return FAIL;
		t = first ? next : grow(x, CAT, t, next);
		if (t == FAIL)
			return FAIL;
		first = false;
	}
	return t; /* an empty branch fails */
}
static int alternatives(struct parser *x)
{
	int t = branch(x);
	while (t != FAIL && operator(x, '|')) {
		x->p += x->extended ? 1 : 2;
		t = grow(x, ALTERNATIVE, t, branch(x));
	}
	return t;
}

struct tree *expression_parse(const char *pattern, bool extended, bool ignore_case, int *root)
{
	struct parser x = { .pattern = pattern, .p = pattern, .extended = extended, .ignore_case = ignore_case };
	struct tree *fewer;

	x.trees = malloc(TREES * sizeof(struct tree));
	if (!x.trees)
		return NULL;
	*root = alternatives(&x);
	if (*root == FAIL || *x.p != 0) {
		free(x.trees);
		return NULL;
	}
	fewer = realloc(x.trees, (size_t)x.count * sizeof(struct tree));
	return fewer ? fewer : x.trees;
}
