# shell: sh
# Names and contents are bytes: nothing is lost on the way.
LC_ALL=C; export LC_ALL
name=$(printf 'caf\303\251 \377')
echo data > "$name"
for f in *; do printf '%s' "$f" | od -An -tx1 | tr -s ' '; done
x=$(cat "$name"); echo "$x"
printf '\200\201\n' | { read -r b; printf '%s' "$b" | od -An -tx1 | tr -s ' '; }
v=$(printf '\303\251'); echo "${#v}"
case $v in ??) echo "two bytes" ;; esac
