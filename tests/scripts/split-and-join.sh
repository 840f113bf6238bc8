# shell: sh
seq 1 25 > numbers
split -l 10 numbers part.
ls part.*
wc -l part.* | tr -s ' ' | sed 's/^ //'
cat part.* | cmp - numbers && echo whole
head -n 3 numbers | paste -s -d+ - 
seq 1 5 | tac | tr '\n' ' '; echo
fold -w 10 <<'EOF'
abcdefghijklmnopqrstuvwxyz
EOF
echo 'abc' | rev
printf 'a\tb\n' | expand -t4 | cat -A
