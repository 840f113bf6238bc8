# shell: sh
printf '%s\n' 10 9 2 33 1 > n
sort n | tr '\n' ' '; echo
sort -n n | tr '\n' ' '; echo
sort -rn n | head -n 2 | tr '\n' ' '; echo
printf 'b 2\na 10\nc 2\n' | sort -k2,2n -k1,1r
printf 'x,3\ny,1\n' | sort -t, -k2
printf 'a\nb\na\n' | sort -u
printf 'a\na\nb\n' | uniq -d; printf 'a\na\nb\n' | uniq -u
sort -c n 2>/dev/null || echo "not sorted"
printf '3\n1\n' > m1; printf '2\n4\n' > m2; sort -n m1 -o m1; sort -n -m m1 m2 | tr '\n' ' '; echo
comm -12 m1 m2; comm -23 m1 m2
