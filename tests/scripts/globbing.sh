# shell: sh
mkdir g && cd g
touch a1 a2 b1 .hidden 'sp ace' '[x]' z-9
echo *
echo a* *1 .h*
echo [ab]1 [!a]* ?1
echo no*match "a*" 'b*' a\*
for f in *; do printf '<%s>' "$f"; done; echo
x='a*'; echo $x "$x"
echo '[x]' \[x\] [[]x]
mkdir d1 d2; touch d1/f d2/f; echo d*/f */
set -f; echo *; set +f
case a1 in a[0-9]) echo match ;; esac
