# shell: bash
PS3='choice> '
select item in apple pear quit; do
    echo "you chose ${item:-nothing} ($REPLY)"
    [[ $item == quit ]] && break
done <<< $'1\n9\n3' 2>/dev/null
read -r -d, first <<< 'a,b'; echo "$first"
read -r -n 3 three <<< 'abcdef'; echo "$three"
read -r a b <<< 'only'; echo "[$a][$b]"
printf 'x\ny\n' | { mapfile -t l; echo "${#l[@]} ${l[1]}"; }
while IFS=: read -r u _ uid _; do [[ $uid == 0 ]] && echo "$u"; done < <(printf 'root:x:0:0\nbob:x:1:1\n')
