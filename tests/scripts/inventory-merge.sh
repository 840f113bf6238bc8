# shell: sh
# Merges two stock lists by key and flags what is short.
printf 'apple 5\nbanana 2\ncherry 9\n' > a
printf 'banana 4\ncherry 1\ndate 7\n' > b
cat a b | awk '{ n[$1] += $2 } END { for (k in n) print k, n[k] }' | sort > total
while read -r name count; do
    if [ "$count" -lt 6 ]; then flag=short; else flag=ok; fi
    printf '%-8s %3d %s\n' "$name" "$count" "$flag"
done < total
grep -c . total
cut -d' ' -f1 a | while read -r k; do grep -q "^$k " b && echo "both: $k"; done
