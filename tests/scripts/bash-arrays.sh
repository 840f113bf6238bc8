# shell: bash
a=(one "two three" four)
echo "${#a[@]} ${a[1]} ${a[-1]} ${a[@]:1:2}"
a+=(five); a[7]=seven; echo "${!a[@]}"
unset 'a[1]'; printf '<%s>' "${a[@]}"; echo
for i in "${!a[@]}"; do printf '%s=%s ' "$i" "${a[i]}"; done; echo
declare -A m=([red]=1 [green]=2); m[blue]=3
for k in $(printf '%s\n' "${!m[@]}" | sort); do printf '%s:%s ' "$k" "${m[$k]}"; done; echo "${#m[@]}"
[[ -v m[red] ]] && echo "has red"; [[ -v m[none] ]] || echo "no none"
copy=("${a[@]}"); echo "${copy[@]/e/E}" "${copy[*]#f}"
IFS=, ; echo "${copy[*]}"; unset IFS
read -r -a words <<< "  split these   words "; echo "${#words[@]} ${words[2]}"
mapfile -t lines < <(printf 'l1\nl2\nl3\n'); echo "${lines[@]:1}"
stack=(); stack+=(1); stack+=(2); echo "${stack[-1]}"; unset 'stack[-1]'; echo "${#stack[@]}"
