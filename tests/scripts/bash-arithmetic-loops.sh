# shell: bash
for ((i = 0, j = 10; i < j; i += 3, j--)); do printf '%d,%d ' $i $j; done; echo
((x = 5, y = x ** 3)); echo $y $((y % 7)) $((16#ff)) $((2#1010))
((0)) || echo zero; ((7)) && echo seven
let z=3+4 z++; echo $z
n=5; f=1; while ((n > 1)); do ((f *= n--)); done; echo $f
until ((n >= 3)); do ((++n)); done; echo $n
a=(3 1 2); for ((i = 0; i < ${#a[@]}; i++)); do for ((k = i + 1; k < ${#a[@]}; k++)); do if ((a[i] > a[k])); then t=${a[i]} a[i]=${a[k]} a[k]=$t; fi; done; done; echo "${a[@]}"
echo $((a[0] + a[2])) $((1 ? 2 : 3)) $((5 & 3 | 8))
for i in {1..3}; do for j in {1..3}; do ((i == j)) && continue; printf '%d%d ' $i $j; done; done; echo
