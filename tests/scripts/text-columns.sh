# shell: sh
printf '%s\n' 'alice:30:paris' 'bob:4:rome' 'carol:101:oslo' > people
awk -F: '{ printf "%-10s|%5d|%s\n", $1, $2, toupper($3) }' people
cut -d: -f3,1 people
paste -d, people people | head -n 1
sort -t: -k2,2n people
join_lines=$(paste -s -d' ' people)
echo "$join_lines"
tr ':' '\t' < people | expand -t 8
nl -ba people | sed 's/^ *//'
