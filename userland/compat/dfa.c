/*
 * dfa.c: the expression becomes a tree, the tree a nondeterministic automaton of at most NODES nodes, and sets of its
 * nodes become states when a text first leads to them. Each byte of a text then costs one look into a table. The C
 * library's matcher, which also finds what groups matched, clears and walks tables for every position.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "dfa.h"

#define NODES 256
#define TREES 256
#define STATES 96
#define WORDS (NODES / 32)
#define MOST_REPEATS 64

/* --- the tree --- */

enum kind { SET, CAT, ALTERNATIVE, REPEAT, LINE_BEGIN, LINE_END };
struct set { uint32_t bits[8]; };
struct tree { enum kind kind; int left, right; int least, most; struct set set; }; /* most < 0: no limit */
struct parser { const char *pattern, *p; bool extended, ignore_case; struct tree *trees; int count, depth, anchors; };
#define FAIL (-1)

static void include(struct set *s, unsigned char c) { s->bits[c >> 5] |= 1u << (c & 31); }
static bool includes(const struct set *s, unsigned char c) { return s->bits[c >> 5] >> (c & 31) & 1; }

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

/* --- the nondeterministic automaton --- */

enum step { BYTES, SPLIT, BEGIN, END, MATCH };
struct node { unsigned char step; short next, other; const struct set *set; };
struct state { uint32_t nodes[WORDS]; bool begin, accepts, accepts_at_end; unsigned char next[256]; };
enum { UNKNOWN = 0, DEAD = 255 }; /* in state.next; else 1 + the state's index */
struct machine { struct state *states[STATES]; int count; int start[2]; }; /* start: within a line, at its beginning */
struct dfa {
	struct tree *trees;
	struct node nodes[NODES];
	int count, entry;
	struct machine anchored, floating;
};

static int add(struct dfa *d, enum step step, int next, int other, const struct set *set)
{
	if (d->count == NODES || next == FAIL || other == FAIL)
		return FAIL;
	d->nodes[d->count] = (struct node){ step, next, other, set };
	return d->count++;
}
/* nodes that match the tree and then go on with `next` */
static int emit(struct dfa *d, int tree, int next)
{
	const struct tree *t = &d->trees[tree];
	int n = next, loop;

	if (next == FAIL)
		return FAIL;
	switch (t->kind) {
	case SET: return add(d, BYTES, next, 0, &t->set);
	case LINE_BEGIN: return add(d, BEGIN, next, 0, NULL);
	case LINE_END: return add(d, END, next, 0, NULL);
	case CAT: return emit(d, t->left, emit(d, t->right, next));
	case ALTERNATIVE: return add(d, SPLIT, emit(d, t->left, next), emit(d, t->right, next), NULL);
	case REPEAT:
		if (t->most < 0) {
			loop = add(d, SPLIT, 0, next, NULL);
			if (loop == FAIL)
				return FAIL;
			n = emit(d, t->left, loop);
			if (n == FAIL)
				return FAIL;
			d->nodes[loop].next = n;
			n = loop;
		} else
			for (int i = t->least; i < t->most; i++)
				n = add(d, SPLIT, emit(d, t->left, n), next, NULL);
		for (int i = 0; i < t->least; i++)
			n = emit(d, t->left, n);
		return n;
	default:
		return FAIL;
	}
}

struct dfa *dfa_compile(const char *pattern, bool extended, bool ignore_case)
{
	struct parser x = { .pattern = pattern, .p = pattern, .extended = extended, .ignore_case = ignore_case };
	struct dfa *d = calloc(1, sizeof(*d));
	int root;

	if (!d)
		return NULL;
	x.trees = d->trees = malloc(TREES * sizeof(struct tree));
	if (d->trees) {
		root = alternatives(&x);
		if (root != FAIL && *x.p == 0) {
			struct tree *fewer = realloc(d->trees, x.count * sizeof(struct tree));
			if (fewer)
				d->trees = fewer;
			d->entry = emit(d, root, add(d, MATCH, 0, 0, NULL));
			if (d->entry != FAIL)
				return d;
		}
	}
	dfa_free(d);
	return NULL;
}
static void forget(struct machine *m)
{
	while (m->count)
		free(m->states[--m->count]);
	m->start[0] = m->start[1] = 0;
}
void dfa_free(struct dfa *d)
{
	if (!d)
		return;
	forget(&d->anchored);
	forget(&d->floating);
	free(d->trees);
	free(d);
}

/* --- states --- */

static void close_over(const struct dfa *d, uint32_t *set, int node, bool begin, bool end)
{
	short stack[2 * NODES + 1]; /* two for each node that is met first, and the one to begin with */
	int top = 0;
	stack[top++] = node;
	while (top) {
		int n = stack[--top];
		const struct node *x = &d->nodes[n];
		if (set[n >> 5] >> (n & 31) & 1)
			continue;
		set[n >> 5] |= 1u << (n & 31);
		if (x->step == SPLIT) {
			stack[top++] = x->other;
			stack[top++] = x->next;
		} else if ((x->step == BEGIN && begin) || (x->step == END && end))
			stack[top++] = x->next;
	}
}
/* the number (1 + index) of the state for a set, made if it is new; UNKNOWN: no room */
static int state_of(struct dfa *d, struct machine *m, const uint32_t *set, bool begin)
{
	uint32_t at_end[WORDS] = { 0 };
	struct state *s;
	for (int i = 0; i < m->count; i++)
		if (m->states[i]->begin == begin && memcmp(m->states[i]->nodes, set, sizeof(s->nodes)) == 0)
			return i + 1;
	if (m->count == STATES || !(s = calloc(1, sizeof(*s))))
		return UNKNOWN;
	memcpy(s->nodes, set, sizeof(s->nodes));
	s->begin = begin;
	for (int n = 0; n < d->count; n++)
		if (set[n >> 5] >> (n & 31) & 1) {
			s->accepts |= d->nodes[n].step == MATCH;
			if (d->nodes[n].step == END)
				close_over(d, at_end, n, begin, true);
		}
	for (int n = 0; n < d->count; n++)
		if ((at_end[n >> 5] >> (n & 31) & 1) && d->nodes[n].step == MATCH)
			s->accepts_at_end = true;
	m->states[m->count++] = s;
	return m->count;
}
static int start(struct dfa *d, struct machine *m, bool begin)
{
	if (m->start[begin] == 0) {
		uint32_t set[WORDS] = { 0 };
		close_over(d, set, d->entry, begin, false);
		m->start[begin] = state_of(d, m, set, begin);
	}
	return m->start[begin];
}
static __attribute__((noinline)) int follow(struct dfa *d, struct machine *m, struct state *from, unsigned char c)
{
	uint32_t set[WORDS] = { 0 };
	bool any = false;
	int n;
	for (n = 0; n < d->count; n++)
		if ((from->nodes[n >> 5] >> (n & 31) & 1) && d->nodes[n].step == BYTES && includes(d->nodes[n].set, c)) {
			close_over(d, set, d->nodes[n].next, false, false);
			any = true;
		}
	if (m == &d->floating)
		close_over(d, set, d->entry, false, false);
	else if (!any)
		return from->next[c] = DEAD;
	return from->next[c] = state_of(d, m, set, false);
}

enum dfa_verdict dfa_search(struct dfa *d, const char *text, bool begins_line, bool ends_line, size_t *from, size_t *to)
{
	struct machine *m = &d->floating;
	const unsigned char *s = (const unsigned char *)text, *p = s, *last;
	int n = start(d, m, begins_line);
	size_t budget;

	for (;;) { /* is there any? */
		struct state *state;
		if (n == UNKNOWN)
			goto unknown;
		state = m->states[n - 1];
		if (state->accepts)
			break;
		if (*p == 0) {
			if (state->accepts_at_end && ends_line)
				break;
			return DFA_NONE;
		}
		n = state->next[*p];
		if (n == UNKNOWN)
			n = follow(d, m, state, *p);
		p++;
	}
	if (!from)
		return DFA_FOUND;
	/* where: its end is at or after p, its beginning not after p */
	budget = 64 * (size_t)(p - s) + 4096;
	m = &d->anchored;
	for (;; s++) {
		last = NULL;
		n = start(d, m, begins_line && s == (const unsigned char *)text);
		for (p = s; n != DEAD; p++) {
			struct state *state;
			if (n == UNKNOWN)
				goto unknown;
			state = m->states[n - 1];
			if (state->accepts)
				last = p;
			if (*p == 0) {
				if (state->accepts_at_end && ends_line)
					last = p;
				break;
			}
			n = state->next[*p];
			if (n == UNKNOWN)
				n = follow(d, m, state, *p);
		}
		if (last)
			break;
		if (*s == 0 || (size_t)(p - s) > budget)
			return DFA_UNKNOWN;
		budget -= p - s;
	}
	*from = s - (const unsigned char *)text;
	*to = last - (const unsigned char *)text;
	return DFA_FOUND;
unknown:
	forget(&d->anchored); /* too many states: begin anew with the next text */
	forget(&d->floating);
	return DFA_UNKNOWN;
}
