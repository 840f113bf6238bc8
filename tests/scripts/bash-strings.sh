# shell: bash
s="Hello, World"
echo "${s/World/There} ${s//l/L} ${s/#Hello/Bye} ${s/%World/End}"
echo "${s^^} ${s,,} ${s^} ${s:7} ${s:0:5} ${s: -5} ${s:7:-2}"
echo "${#s} ${s@Q}"
v=name; name=indirect; echo "${!v}"; echo "${!na*}"
printf -v padded '%05d' 42; echo "$padded"
printf '%q\n' "a b'c" 
echo $'tab\there\x41\u00e9' "${s//[aeiou]/}"
x=abc; x+=def; echo "$x"
[[ $s == Hello* ]] && echo glob; [[ $s =~ ([A-Z][a-z]+),\ (W.*) ]] && echo "${BASH_REMATCH[1]}-${BASH_REMATCH[2]}"
[[ "a" < "b" && ! -e nothing ]] && echo ordered
echo {a,b}{1..3} {01..03} {c..a} pre{x,y}post
IFS=- read -r y m d <<< 2024-05-06; echo "$d.$m.$y"
