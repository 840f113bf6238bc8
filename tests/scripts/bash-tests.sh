# shell: bash
touch f; mkdir d
for t in '-e f' '-f f' '-d d' '-s f' '-z ""' '-n x'; do eval "[[ $t ]]" && echo "$t true" || echo "$t false"; done
[[ abc == a?c && abc != x* ]] && echo patterns
[[ 10 -gt 9 && 1 -le 1 ]] && echo numbers
v="a b"; [[ $v == "a b" ]] && echo "no splitting"
shopt -s nocasematch; [[ ABC == abc ]] && echo nocase; shopt -u nocasematch
shopt -s extglob
for n in foo.c foo.h bar.o 123; do case $n in *.@(c|h)) echo "$n source" ;; +([0-9])) echo "$n digits" ;; !(*.c)) echo "$n other" ;; esac; done
shopt -s nullglob; none=(zzz*); echo "${#none[@]}"; shopt -u nullglob
mkdir -p x/y/z; touch x/1.t x/y/2.t x/y/z/3.t; shopt -s globstar; printf '%s ' **/*.t; echo
re='^[0-9]{3}-[0-9]{4}$'; [[ 555-1234 =~ $re ]] && echo phone
[ 1 = 1 -a 2 = 2 ] && echo and; test ! -e none && echo none
