/* expression.h: a regular expression without back references, as a tree. */
#ifndef COMPAT_EXPRESSION_H
#define COMPAT_EXPRESSION_H
#include <stdbool.h>
#include <stdint.h>

#define FAIL (-1)

struct set { uint32_t bits[8]; };
enum kind { SET, CAT, ALTERNATIVE, REPEAT, LINE_BEGIN, LINE_END };
struct tree { enum kind kind; int left, right; int least, most; struct set set; }; /* most < 0: no limit */

static inline bool includes(const struct set *s, unsigned char c) { return s->bits[c >> 5] >> (c & 31) & 1; }

/* The trees of which an expression is made, and in *root the index of the one that is all of it. NULL where the expression
   has something that is left to the C library, or is too large. */
struct tree *expression_parse(const char *pattern, bool extended, bool ignore_case, int *root);
#endif
