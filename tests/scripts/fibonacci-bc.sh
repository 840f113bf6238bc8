# shell: sh
# Numbers beyond 64 bits, by digits in awk.
awk 'function add(x, y,   i, c, d, r) {
    while (length(x) < length(y)) x = "0" x
    while (length(y) < length(x)) y = "0" y
    for (i = length(x); i > 0; i--) { d = substr(x, i, 1) + substr(y, i, 1) + c; c = d > 9; r = (d % 10) r }
    return c ? "1" r : r
}
BEGIN { a = "0"; b = "1"; for (i = 0; i < 120; i++) { t = add(a, b); a = b; b = t } print a }'
