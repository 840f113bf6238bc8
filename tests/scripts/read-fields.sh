# shell: sh
printf 'a b  c\n  lead trail  \nback\\slash cont\\\ninued\nlast without newline' > in
while read -r x y; do echo "[$x][$y]"; done < in
echo "[$x][$y] (left over)"
while read x y; do echo "<$x><$y>"; done < in
echo 'a:b::d:' | { IFS=: read -r a b c d e; echo "$a|$b|$c|$d|$e"; }
printf 'x y\n' | { read -r only; echo "$only"; }
read -r none < /dev/null || echo "end of file: $?"
