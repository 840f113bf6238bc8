# shell: bash
# Disk use report from a fixed listing, sorted, with bars.
data=$'home 45\nvar 12\nusr 80\ntmp 3'
max=0
while read -r _ v; do ((v > max)) && max=$v; done <<< "$data"
sort -k2,2nr <<< "$data" | while read -r name v; do
    bar=$(printf '%*s' $((v * 20 / max)) '')
    printf '%-6s %3d%% %s\n' "$name" "$v" "${bar// /#}"
done
