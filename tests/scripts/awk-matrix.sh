# shell: sh
printf '1 2 3\n4 5 6\n' | awk '
{ for (i = 1; i <= NF; i++) m[NR, i] = $i; if (NF > cols) cols = NF }
END { for (j = 1; j <= cols; j++) { line = ""; for (i = 1; i <= NR; i++) line = line (i > 1 ? " " : "") m[i, j]; print line } }'
awk 'BEGIN { x = "abc"; print length(x), index(x, "c"), substr(x, 2), toupper(x); print 7 % 3, 2 ^ 10, int(7 / 2), -7 % 3 }'
awk 'BEGIN { n = split("a,b,c", parts, ","); for (i = n; i > 0; i--) printf "%s ", parts[i]; print "" }'
awk 'BEGIN { s = "hello world"; gsub(/o/, "0", s); print s; print match(s, /w.*/), RSTART, RLENGTH }'
printf 'k1 5\nk2 7\nk1 3\n' | awk '{ a[$1] += $2 } END { print a["k1"], a["k2"], ("k3" in a) ? "in" : "not in" }'
echo | awk '{ printf "%5.2f|%-5s|%05d|%x|%c|%e\n", 3.14159, "ab", 42, 255, "A", 12345.678 }'
awk 'BEGIN { while (("echo a; echo b" | getline line) > 0) print "got " line }'
awk 'BEGIN { print "z\ny\nx" | "sort"; close("sort"); print "done" }'
awk 'BEGIN { exit 3 }'; echo "status $?"
