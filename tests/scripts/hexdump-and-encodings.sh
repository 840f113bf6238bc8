# shell: sh
printf 'Hello, W\303\266rld\n\0\377' > bin
od -An -tx1 bin | tr -d '\n' | tr -s ' '; echo
base64 bin
base64 bin | base64 -d | cmp - bin && echo "base64 round trip"
wc -c < bin | tr -d ' '
tr -d '\000-\177' < bin | od -An -tx1 | tr -s ' '
printf '\101\102\n'
printf '%b' 'a\tb\n'
head -c 5 bin; echo
tail -c 2 bin | od -An -tu1 | tr -s ' '
dd if=bin bs=1 skip=7 count=6 2>/dev/null; echo
