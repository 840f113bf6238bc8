# shell: sh
a='x  y' b="it's"
echo $a "$a" '$a' "\$a" \$a "a\"b" 'a"b' "back\\slash" "tick\`s"
echo "$b" ''"" "''" '""'
printf '%s\n' "one
two" 'three\n' "tab	end"
set -- a"b c"d 'e f'g; echo "$#" "$1" "$2"
echo "nested: $(echo "inner $(echo 'deep "quotes"')")"
echo `echo back\`echo quoted\``
echo a\
b "c\
d" 'e\
f'
echo "$((1 + 1))" "${a}z" "$a$b"
c="$(printf 'trail\n\n\n')"; echo "[$c]"
