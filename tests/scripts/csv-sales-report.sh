# shell: sh
# A sales table by region with totals, from CSV.
cat > sales.csv <<'EOF'
region,product,units,price
north,widget,10,2.50
south,widget,4,2.50
north,gadget,3,10.00
east,gizmo,7,1.25
south,gadget,1,10.00
EOF
tail -n +2 sales.csv | awk -F, '
    { units[$1] += $3; money[$1] += $3 * $4; total += $3 * $4 }
    END {
        for (r in units) printf "%-8s %5d %10.2f\n", r, units[r], money[r] | "sort"
        close("sort")
        printf "%-8s %5s %10.2f\n", "total", "", total
    }'
echo "best: $(tail -n +2 sales.csv | awk -F, '{ print $3 * $4, $2 }' | sort -rn | head -n 1)"
