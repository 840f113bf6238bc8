# shell: sh
state=start count=0
while :; do
    case $state in
        start) echo "start"; state=middle ;;
        middle)
            count=$((count + 1))
            if [ $count -gt 3 ]; then state=end; continue; fi
            for i in 1 2 3; do
                for j in a b c; do
                    [ $i$j = 2b ] && break 2
                    [ $j = b ] && continue 2
                    printf '%s ' $i$j
                done
            done
            echo "/$count" ;;
        end) echo "end after $count"; break ;;
    esac
done
