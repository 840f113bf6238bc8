/* dfa.h: regular expressions without back references, by states made as they are met. */
#ifndef COMPAT_DFA_H
#define COMPAT_DFA_H
#include <stdbool.h>
#include <stddef.h>

struct dfa;
/* NULL where the expression has something that is left to the C library; it must be one that regcomp takes */
struct dfa *dfa_compile(const char *pattern, bool extended, bool ignore_case);
void dfa_free(struct dfa *);

enum dfa_verdict { DFA_NONE, DFA_FOUND, DFA_UNKNOWN }; /* unknown: it would take too long, or too many states */
/* whether the text, up to its NUL, holds a match; with from and to also the leftmost longest one */
enum dfa_verdict dfa_search(struct dfa *, const char *text, bool begins_line, bool ends_line, size_t *from, size_t *to);
#endif
