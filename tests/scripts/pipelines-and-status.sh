# shell: sh
true | false; echo $?
false | true; echo $?
! true; echo $?
! false | false; echo $?
echo a | { read -r x; echo "got $x"; }
x=outer; echo inner | read -r x; echo "$x"
seq 1 100 | sed -n '10,12p' | tr '\n' ' '; echo
yes no | head -n 3 | sort | uniq -c | tr -s ' '
(exit 3); echo $?
{ exit_in_group() { return 4; }; exit_in_group; }; echo $?
true && false || echo "fell through"
false && echo never; echo "after $?"
echo 1; echo 2 & wait; echo 3
printf 'b\na\n' | sort | while read -r l; do echo "$l"; done | tail -n 1
