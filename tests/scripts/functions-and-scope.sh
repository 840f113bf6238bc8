# shell: sh
counter=0
bump() { counter=$((counter + ${1:-1})); return $((counter % 4)); }
bump; bump 5; echo "$counter $?"
recurse() { if [ "$1" -le 1 ]; then echo 1; else echo $(($1 * $(recurse $(($1 - 1))))); fi; }
recurse 10
inner() { value=changed; }
value=original
(inner; echo "in the subshell: $value"); echo "outside: $value"
inner; echo "after: $value"
args() { echo "$# args, \$0 kept"; set -- x y; echo "$#"; }
args 1 2 3; echo "outside $#"
unset -f inner; inner 2>/dev/null || echo "gone: $?"
f() { echo "a function"; }; f
early() { for i in 1 2 3; do [ $i = 2 ] && return 5; done; }
early; echo "$? $i"
