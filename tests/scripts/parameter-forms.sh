# shell: sh
unset u; e= v=value
echo "${u-1} ${u:-2} ${e-3} ${e:-4} ${v-5} ${v:-6}"
echo "${u+1}${u:+2}${e+3}${e:+4}${v+5}${v:+6}"
: "${u:=assigned}"; echo "$u"
(unset q; : "${q:?must be set}") 2>/dev/null || echo "not set"
f=/a/b/c.tar.gz
echo "${f#*/} ${f##*/} ${f%.*} ${f%%.*} ${#f}"
p='*'; x='a*b'; echo "${x#a$p}" "${x#"a$p"}"
set -- one 'two three' four
echo "$#: $*"; for a in "$@"; do echo "<$a>"; done; for a in $*; do echo "($a)"; done
IFS=,; echo "$*"; unset IFS
shift 2; echo "$1 $#"
set --; echo "$#" "${1-none}" "$@"
echo "${v%"${v#?}"}" "${v#"${v%?}"}"
