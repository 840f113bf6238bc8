# shell: bash
mkdir -p p/q/r p/s; echo 12345 > p/f1; echo 1 > p/q/f2; echo 22 > p/q/r/f3
walk() {
    local dir=$1 indent=${2-} entry
    for entry in "$dir"/*; do
        [[ -e $entry ]] || continue
        if [[ -d $entry ]]; then echo "$indent${entry##*/}/"; walk "$entry" "$indent  "; else echo "$indent${entry##*/} ($(wc -c < "$entry" | tr -d ' '))"; fi
    done
}
walk p
total=0; while IFS= read -r -d '' f; do s=$(wc -c < "$f"); ((total += s)); done < <(find p -type f -print0); echo "total $total"
