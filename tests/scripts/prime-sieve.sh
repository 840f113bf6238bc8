# shell: sh
limit=60
i=2
while [ $i -le $limit ]; do eval "p$i=1"; i=$((i + 1)); done
i=2
while [ $((i * i)) -le $limit ]; do
    eval "v=\$p$i"
    if [ "$v" = 1 ]; then
        j=$((i * i))
        while [ $j -le $limit ]; do eval "p$j=0"; j=$((j + i)); done
    fi
    i=$((i + 1))
done
out=
i=2
while [ $i -le $limit ]; do eval "[ \$p$i = 1 ]" && out="$out $i"; i=$((i + 1)); done
echo "primes:$out"
