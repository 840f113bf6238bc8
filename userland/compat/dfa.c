/*
 * dfa.c: the expression's tree becomes a nondeterministic automaton of at most NODES nodes, and sets of its
 * nodes become states when a text first leads to them. Each byte of a text then costs one look into a table. The C
 * library's matcher, which also finds what groups matched, clears and walks tables for every position.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "dfa.h"
#include "expression.h"

#define NODES 256
#define STATES 96
#define WORDS (NODES / 32)

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
	struct dfa *d = calloc(1, sizeof(*d));
	int root;

	if (!d)
		return NULL;
	d->trees = expression_parse(pattern, extended, ignore_case, &root);
	if (d->trees) {
		d->entry = emit(d, root, add(d, MATCH, 0, 0, NULL));
		if (d->entry != FAIL)
			return d;
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
