# shell: sh
echo one > f; echo two >> f; cat f
{ echo out; echo err >&2; } > both 2>&1; cat both
{ echo out; echo err >&2; } 2> errs > outs; cat errs outs
exec 3> three; echo "to three" >&3; exec 3>&-; cat three
exec 4< f; read -r line <&4; echo "first: $line"; read -r line <&4; echo "second: $line"; exec 4<&-
cat < f | tr a-z A-Z
echo gone 2>/dev/null 1>&2
{ echo "kept"; echo "dropped" >&2; } 2>/dev/null | cat
(echo x > /nonexistent/file) 2>/dev/null || echo "refused"
set -C; (echo again > f) 2>/dev/null || echo "noclobber"; echo forced >| f; cat f; set +C
exec 5<> rw; echo hello >&5; exec 5>&-; cat rw
while read -r l; do echo "l=$l"; done <<EOF
$(cat both)
EOF
: > f; [ -s f ] || echo empty
