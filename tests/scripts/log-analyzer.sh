# shell: sh
# Analyses web server logs: filters, counts, percentiles, hourly histogram, top lists, alerts by exit status.
set -eu

usage() {
    cat >&2 <<'USAGE'
usage: log-analyzer [-s STATUS] [-m METHOD] [-t N] [-e LIMIT] FILE...
  -s STATUS  only requests whose status begins with this
  -m METHOD  only this method
  -t N       length of top lists (3)
  -e LIMIT   exit with 3 if more than LIMIT per cent are errors
USAGE
    exit 2
}

make_log() {
    awk 'BEGIN {
        seed = 42
        split("GET GET GET GET POST PUT DELETE", methods, " ")
        split("/ /index.html /api/users /api/orders /static/app.js /static/app.css /login /admin", paths, " ")
        split("200 200 200 200 200 301 304 404 500 503", codes, " ")
        for (i = 0; i < 400; i++) {
            seed = (seed * 1103 + 12345) % 65536; host = int(seed / 16) % 23
            seed = (seed * 1103 + 12345) % 65536; m = methods[int(seed / 16) % 7 + 1]
            seed = (seed * 1103 + 12345) % 65536; p = paths[int(seed / 16) % 8 + 1]
            seed = (seed * 1103 + 12345) % 65536; c = codes[int(seed / 16) % 10 + 1]
            seed = (seed * 1103 + 12345) % 65536; b = seed % 9000 + 100
            seed = (seed * 1103 + 12345) % 65536; t = seed % 1500
            printf "10.0.0.%d - - [26/Nov/2026:%02d:%02d:%02d +0000] \"%s %s HTTP/1.1\" %d %d %d\n", host, int(i / 20), i % 60, (i * 7) % 60, m, p, c, b, t
        }
        print "this line is broken"
        print "10.0.0.1 - - [26/Nov/2026:10:00:00 +0000] \"-\" 400 0 0"
    }' > "$1"
}

status='' method='' top=3 limit=''
parse() {
    OPTIND=1
    while getopts s:m:t:e: option; do
        case $option in
            s) status=$OPTARG ;;
            m) method=$OPTARG ;;
            t) case $OPTARG in *[!0-9]* | '') usage ;; esac; top=$OPTARG ;;
            e) limit=$OPTARG ;;
            *) usage ;;
        esac
    done
}

# Gives: host hour method path status bytes milliseconds
records() {
    sed -n 's/^\([0-9.]*\) - - \[[^:]*:\([0-9]*\):[^]]*\] "\([A-Z]*\) \([^ ]*\) [^"]*" \([0-9]*\) \([0-9]*\) \([0-9]*\)$/\1 \2 \3 \4 \5 \6 \7/p' "$@" |
        awk -v status="$status" -v method="$method" '(status == "" || index($5, status) == 1) && (method == "" || $3 == method)'
}

top_of() { # title, field
    echo "$1"
    cut -d' ' -f"$2" "$work/records" | sort | uniq -c | sort -k1,1nr -k2 | head -n "$top" | while read -r count name; do
        printf '  %-16s %5d\n' "$name" "$count"
    done
}

percentile() { # per cent, sorted numbers on standard input
    awk -v p="$1" '{ v[NR] = $1 } END { i = int(NR * p / 100 + 0.5); if (i < 1) i = 1; print v[i] }'
}

histogram() {
    cut -d' ' -f2 "$work/records" | sort | uniq -c | while read -r count hour; do
        bar=''
        i=0
        while [ "$i" -lt $((count / 2)) ]; do
            bar="$bar#"
            i=$((i + 1))
        done
        printf '  %s %3d %s\n' "$hour" "$count" "$bar"
    done
}

report() {
    parse "$@"
    shift $((OPTIND - 1))
    [ $# -gt 0 ] || usage
    records "$@" > "$work/records"
    total=$(wc -l < "$work/records" | tr -d ' ')
    if [ "$total" -eq 0 ]; then
        echo 'no matching requests'
        return 1
    fi
    errors=$(awk '$5 >= 500' "$work/records" | wc -l | tr -d ' ')
    echo "requests: $total, errors: $errors ($((errors * 100 / total))%)"
    awk '{ bytes += $6; ms += $7 } END { printf "traffic: %.1f KiB, mean time: %.2f ms\n", bytes / 1024, ms / NR }' "$work/records"
    cut -d' ' -f7 "$work/records" | sort -n > "$work/times"
    for p in 50 90 99; do
        printf 'p%d: %d ms\n' "$p" "$(percentile "$p" < "$work/times")"
    done
    top_of 'top paths' 4
    top_of 'top hosts' 1
    top_of 'statuses' 5
    [ -z "$limit" ] || [ $((errors * 100)) -le $((total * limit)) ] || return 3
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make_log access.log
echo '== all'
report -t 5 access.log
echo '== by hour'
histogram | head -n 6
echo '== POST and PUT'
for m in POST PUT; do
    report -m "$m" -t 1 access.log | head -n 2
    method=''
done
echo '== errors'
report -s 5 -t 2 -e 50 access.log && result=0 || result=$?
echo "result $result"
status='' limit=''
report -s 9 access.log && result=0 || result=$?
echo "result $result"
(report -x access.log) 2>&1 | sed 's/.*llegal option.*/bad option/' | head -n 2
(report) 2>/dev/null || echo "usage $?"
