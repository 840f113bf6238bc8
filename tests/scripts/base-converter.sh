# shell: bash
to_base() { local n=$1 b=$2 d=0123456789abcdefghijklmnopqrstuvwxyz r=; do_sign=; ((n < 0)) && { do_sign=-; ((n = -n)); }; while ((n > 0)); do r=${d:n % b:1}$r; ((n /= b)); done; echo "$do_sign${r:-0}"; }
for n in 0 1 10 255 -255 1000000007; do printf '%s: %s %s %s\n' "$n" "$(to_base "$n" 2)" "$(to_base "$n" 16)" "$(to_base "$n" 36)"; done
printf '%x %o %X %#x %+d\n' 255 8 255 255 5
printf '%d %d\n' 0x10 "'A"
