/*
 * format.c: printf and its kin for the conversions that nearly all calls have: %c, %s, integers, with flags - and 0,
 * width and precision. Whatever else a format has (floating point, %+d ...) is musl's business.
 */
#include <stdarg.h>
#include "kernel.h"

/* to a stream, by way of `piece`, or to at..end; what finds no room is counted only */
struct sink { FILE *file; char *at, *end; size_t count; char piece[256]; };

static void flush(struct sink *s)
{
	fwrite_unlocked(s->piece, 1, s->at - s->piece, s->file);
	s->at = s->piece;
}
static void emit(struct sink *s, const char *p, size_t n)
{
	size_t room = s->end - s->at;
	s->count += n;
	if (n > room) {
		if (s->file) {
			flush(s);
			if (n > sizeof(s->piece)) {
				fwrite_unlocked(p, 1, n, s->file);
				return;
			}
		} else
			n = room;
	}
	memcpy(s->at, p, n);
	s->at += n;
}
static void pad(struct sink *s, char c, int n)
{
	char run[32];
	if (n <= 0)
		return;
	memset(run, c, sizeof(run));
	for (; n > (int)sizeof(run); n -= sizeof(run))
		emit(s, run, sizeof(run));
	emit(s, run, n);
}

struct conversion { bool left, zero; int width, precision, length; char kind; }; /* -1: none, -2: from the arguments */

/* reads one conversion after its '%'; false: not one of ours */
static bool conversion(const char **format, struct conversion *c)
{
	const char *p = *format;
	*c = (struct conversion){ .precision = -1 };
	for (;; p++)
		if (*p == '-')
			c->left = true;
		else if (*p == '0')
			c->zero = true;
		else
			break;
	if (*p == '*') {
		c->width = -2;
		p++;
	} else
		while (*p >= '0' && *p <= '9' && c->width < 100000)
			c->width = c->width * 10 + *p++ - '0';
	if (*p == '.') {
		p++;
		c->precision = 0;
		if (*p == '*') {
			c->precision = -2;
			p++;
		} else
			while (*p >= '0' && *p <= '9' && c->precision < 100000)
				c->precision = c->precision * 10 + *p++ - '0';
	}
	while (*p == 'l') {
		c->length++;
		p++;
	}
	if (*p == 'z' || *p == 't') /* as wide as int here */
		p++;
	c->kind = *p++;
	*format = p;
	switch (c->kind) {
	case '%':
		return p[-2] == '%';
	case 's':
		return c->length == 0;
	case 'c':
		return c->length == 0 && c->precision == -1;
	case 'd': case 'i': case 'u': case 'x': case 'X': case 'o':
		return c->length <= 2;
	default:
		return false;
	}
}
static bool ours(const char *format)
{
	struct conversion c;
	while ((format = strchr(format, '%')) != NULL) {
		format++;
		if (!conversion(&format, &c))
			return false;
	}
	return true;
}

static void number(struct sink *s, const struct conversion *c, uint64_t value, bool negative)
{
	char text[24], *end = text + sizeof(text), *p = end;
	bool nothing = value == 0 && c->precision == 0;
	int digits, zeros = 0, spaces;

	switch (c->kind) {
	case 'o':
		do *--p = '0' + (value & 7); while (value >>= 3);
		break;
	case 'x':
	case 'X':
		do *--p = (c->kind == 'x' ? "0123456789abcdef" : "0123456789ABCDEF")[value & 15]; while (value >>= 4);
		break;
	default:
		while (value >> 32) {
			*--p = '0' + value % 10;
			value /= 10;
		}
		{
			uint32_t small = (uint32_t)value;
			do *--p = '0' + small % 10; while (small /= 10);
		}
	}
	if (nothing)
		p = end;
	digits = end - p;
	if (c->precision >= 0)
		zeros = c->precision - digits;
	else if (c->zero && !c->left)
		zeros = c->width - digits - negative;
	if (zeros < 0)
		zeros = 0;
	spaces = c->width - digits - zeros - negative;
	if (!c->left)
		pad(s, ' ', spaces);
	if (negative)
		emit(s, "-", 1);
	pad(s, '0', zeros);
	emit(s, p, digits);
	if (c->left)
		pad(s, ' ', spaces);
}

static void format_to(struct sink *s, const char *format, va_list ap)
{
	struct conversion c;
	for (;;) {
		const char *from = format, *text;
		char one;
		size_t n;

		format = strchrnul(from, '%');
		if (format != from)
			emit(s, from, format - from);
		if (*format++ == 0)
			return;
		conversion(&format, &c);
		if (c.kind == '%') {
			pad(s, '%', 1);
			continue;
		}
		if (c.width == -2) {
			c.width = va_arg(ap, int);
			if (c.width < 0) {
				c.left = true;
				c.width = -c.width;
			}
		}
		if (c.precision == -2) {
			c.precision = va_arg(ap, int);
			if (c.precision < 0)
				c.precision = -1;
		}
		switch (c.kind) {
		case 'c':
			one = va_arg(ap, int);
			text = &one;
			n = 1;
			break;
		case 's':
			text = va_arg(ap, const char *);
			if (!text)
				text = "(null)";
			n = c.precision < 0 ? strlen(text) : strnlen(text, c.precision);
			break;
		case 'd':
		case 'i': {
			int64_t v = c.length == 2 ? va_arg(ap, long long) : va_arg(ap, int);
			number(s, &c, v < 0 ? -(uint64_t)v : (uint64_t)v, v < 0);
			continue;
		}
		default:
			number(s, &c, c.length == 2 ? va_arg(ap, unsigned long long) : va_arg(ap, unsigned), false);
			continue;
		}
		if (!c.left)
			pad(s, ' ', c.width - (int)n);
		emit(s, text, n);
		if (c.left)
			pad(s, ' ', c.width - (int)n);
	}
}

int __real_vfprintf(FILE *, const char *, va_list);
int __wrap_vfprintf(FILE *file, const char *format, va_list ap)
{
	struct sink s;
	if (file == stderr || !ours(format)) /* stderr has no buffer: musl makes one write of it */
		return __real_vfprintf(file, format, ap);
	s.file = file;
	s.at = s.piece;
	s.end = s.piece + sizeof(s.piece);
	s.count = 0;
	format_to(&s, format, ap);
	flush(&s);
	return ferror(file) ? -1 : (int)s.count;
}
int __wrap_fprintf(FILE *file, const char *format, ...)
{
	va_list ap;
	int n;
	va_start(ap, format);
	n = __wrap_vfprintf(file, format, ap);
	va_end(ap);
	return n;
}
int __wrap_printf(const char *format, ...)
{
	va_list ap;
	int n;
	va_start(ap, format);
	n = __wrap_vfprintf(stdout, format, ap);
	va_end(ap);
	return n;
}

int __real_vsnprintf(char *, size_t, const char *, va_list);
int __wrap_vsnprintf(char *out, size_t size, const char *format, va_list ap)
{
	struct sink s;
	if (size > INT_MAX || !ours(format))
		return __real_vsnprintf(out, size, format, ap);
	s.file = NULL;
	s.at = out;
	s.end = size ? out + size - 1 : out;
	s.count = 0;
	format_to(&s, format, ap);
	if (size)
		*s.at = 0;
	return s.count;
}
int __wrap_snprintf(char *out, size_t size, const char *format, ...)
{
	va_list ap;
	int n;
	va_start(ap, format);
	n = __wrap_vsnprintf(out, size, format, ap);
	va_end(ap);
	return n;
}

int __wrap_sprintf(char *out, const char *format, ...)
{
	struct sink s;
	va_list ap;
	int n;
	va_start(ap, format);
	if (ours(format)) {
		s.file = NULL;
		s.at = out;
		s.end = (char *)UINTPTR_MAX;
		s.count = 0;
		format_to(&s, format, ap);
		*s.at = 0;
		n = s.count;
	} else
		n = vsprintf(out, format, ap);
	va_end(ap);
	return n;
}
