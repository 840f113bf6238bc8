/*
 * zone.c: local time by the environment's TZ, which wasi-libc leaves out: its localtime_r, mktime and strftime ask the
 * functions here. The form of POSIX (XBD 8.3): std offset [dst [offset] [,start[/time],end[/time]]]; anything else,
 * names of zone files among it, is UTC: a sandbox has no zone files.
 */
#include <ctype.h>
#include "kernel.h"

#define DAY 86400

const char __utc[] = "UTC";
long timezone;
int daylight;
char *tzname[2] = { (char *)__utc, (char *)__utc };

enum form { JULIAN, ZERO_BASED, MONTH };
struct rule { enum form form; int month, week, day; int time; };
static char names[2][16];
static int offsets[2]; /* seconds west of Greenwich: standard, daylight saving */
static struct rule rules[2]; /* the beginning and the end of daylight saving */
static char *current; /* the TZ that all this was read from */

static int number(const char **p)
{
	int n = 0;
	while (isdigit((unsigned char)**p) && n < 100000)
		n = n * 10 + *(*p)++ - '0';
	return n;
}
/* [+-]hh[:mm[:ss]] */
static bool duration(const char **p, int *out)
{
	int sign = **p == '-' ? -1 : 1, n;
	if (**p == '-' || **p == '+')
		++*p;
	if (!isdigit((unsigned char)**p))
		return false;
	n = number(p) * 3600;
	if (**p == ':') {
		++*p;
		n += number(p) * 60;
		if (**p == ':') {
			++*p;
			n += number(p);
		}
	}
	*out = sign * n;
	return true;
}
static bool name(const char **p, char *out)
{
	int n = 0;
	bool quoted = **p == '<';
	if (quoted)
		++*p;
	while (**p && (quoted ? **p != '>' : isalpha((unsigned char)**p)))
		if (n < 15)
			out[n++] = *(*p)++;
		else
			return false;
	if (quoted && *(*p)++ != '>')
		return false;
	out[n] = 0;
	return n >= 3;
}
static bool rule(const char **p, struct rule *r)
{
	if (**p != ',')
		return false;
	++*p;
	r->time = 2 * 3600;
	if (**p == 'M') {
		++*p;
		r->form = MONTH;
		r->month = number(p);
		if (*(*p)++ != '.')
			return false;
		r->week = number(p);
		if (*(*p)++ != '.')
			return false;
		r->day = number(p);
		if (r->month < 1 || r->month > 12 || r->week < 1 || r->week > 5 || r->day > 6)
			return false;
	} else {
		r->form = **p == 'J' ? JULIAN : ZERO_BASED;
		if (**p == 'J')
			++*p;
		r->day = number(p);
	}
	if (**p != '/')
		return true;
	++*p;
	return duration(p, &r->time);
}
static bool parse(const char *p)
{
	if (*p == ':')
		p++;
	if (!name(&p, names[0]) || !duration(&p, &offsets[0]))
		return false;
	daylight = 0;
	if (*p == 0)
		return true;
	if (!name(&p, names[1]))
		return false;
	daylight = 1;
	offsets[1] = offsets[0] - 3600;
	if (*p && *p != ',' && !duration(&p, &offsets[1]))
		return false;
	if (*p == 0)
		p = ",M3.2.0,M11.1.0";
	return rule(&p, &rules[0]) && rule(&p, &rules[1]) && *p == 0;
}

void tzset(void)
{
	const char *tz = getenv("TZ");
	if (!tz)
		tz = "";
	if (current && strcmp(current, tz) == 0)
		return;
	free(current);
	current = strdup(tz);
	if (!parse(tz)) {
		strcpy(names[0], __utc);
		offsets[0] = 0;
		daylight = 0;
	}
	timezone = offsets[0];
	tzname[0] = names[0];
	tzname[1] = daylight ? names[1] : names[0];
}

static long long days_before(long long year) /* since 1970-01-01, to January 1st */
{
	long long y = year - 1;
	return y * 365 + (y >= 0 ? y / 4 - y / 100 + y / 400 : -((-y + 3) / 4 - (-y + 99) / 100 + (-y + 399) / 400)) - 719162;
}
/* when in that year the rule holds: seconds since the epoch, on a clock with no offset */
static long long moment(const struct rule *r, long long year)
{
	static const short before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	long long day = days_before(year);

	if (r->form == ZERO_BASED)
		day += r->day;
	else if (r->form == JULIAN) /* 1 to 365, February 29th is never counted */
		day += r->day - 1 + (leap && r->day > 59);
	else {
		int length = before[r->month] - before[r->month - 1] + (leap && r->month == 2), first, in;
		day += before[r->month - 1] + (leap && r->month > 2);
		first = ((day + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
		in = (r->day - first + 7) % 7 + (r->week - 1) * 7;
		while (in >= length)
			in -= 7;
		day += in;
	}
	return day * DAY + r->time;
}
static bool saving(long long t) /* t: seconds on standard time's clock */
{
	long long year = 1970 + t / 31556952, start, end;
	while (days_before(year) * DAY > t)
		year--;
	while (days_before(year + 1) * DAY <= t)
		year++;
	start = moment(&rules[0], year);
	end = moment(&rules[1], year) - (offsets[0] - offsets[1]);
	return start < end ? t >= start && t < end : !(t >= end && t < start);
}

/* what musl's time functions ask: t is UTC, or with `local` the local clock */
void __secs_to_zone(long long t, int local, int *isdst, int *offset, long *opposite, const char **zone)
{
	int dst = 0;
	tzset();
	if (daylight) {
		/* an hour that occurs twice is daylight saving's, one that does not occur is standard time's */
		dst = saving(local ? t - (offsets[0] - offsets[1]) : t - offsets[0]);
	}
	*isdst = dst;
	*offset = -offsets[dst];
	if (opposite)
		*opposite = daylight ? -offsets[!dst] : *offset;
	*zone = tzname[dst];
}
const char *__tm_to_tzname(const struct tm *tm)
{
	return tm->__tm_zone ? tm->__tm_zone : "";
}

/* strptime with %z at the end of a format, which musl of 2022 lacks: Z, +hh, +hhmm, +hh:mm */
char *__real_strptime(const char *, const char *, struct tm *);
char *__wrap_strptime(const char *text, const char *format, struct tm *tm)
{
	size_t n = strlen(format);
	char shorter[64];
	int sign, hours, minutes = 0;

	if (n < 2 || n >= sizeof(shorter) || strcmp(format + n - 2, "%z") != 0)
		return __real_strptime(text, format, tm);
	memcpy(shorter, format, n - 2);
	shorter[n - 2] = 0;
	text = __real_strptime(text, shorter, tm);
	if (!text)
		return NULL;
	tm->__tm_gmtoff = 0;
	if (*text == 'Z')
		return (char *)text + 1;
	if ((*text != '+' && *text != '-') || !isdigit((unsigned char)text[1]) || !isdigit((unsigned char)text[2]))
		return NULL;
	sign = *text == '-' ? -1 : 1;
	hours = (text[1] - '0') * 10 + text[2] - '0';
	text += 3;
	if (isdigit((unsigned char)text[*text == ':']) && isdigit((unsigned char)text[1 + (*text == ':')])) {
		text += *text == ':';
		minutes = (text[0] - '0') * 10 + text[1] - '0';
		text += 2;
	}
	tm->__tm_gmtoff = sign * (hours * 3600 + minutes * 60);
	return (char *)text;
}
