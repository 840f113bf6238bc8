# shell: sh
# Turns CSV with quotes, doubled quotes, commas and line ends within fields into JSON, with types, selection and grouping.
set -eu

cat > parse.awk <<'AWK'
# Reads CSV by characters; gives each record as fields separated by \001, line ends within fields as \002.
{
    text = text $0 "\n"
}
END {
    n = length(text)
    field = ""; record = ""; quoted = 0; started = 0
    for (i = 1; i <= n; i++) {
        c = substr(text, i, 1)
        if (quoted) {
            if (c == "\"") {
                if (substr(text, i + 1, 1) == "\"") { field = field "\""; i++ }
                else quoted = 0
            } else
                field = field (c == "\n" ? "\002" : c)
        } else if (c == "\"" && field == "") {
            quoted = 1; started = 1
        } else if (c == separator) {
            record = record field "\001"; field = ""; started = 1
        } else if (c == "\n") {
            if (started || field != "") { print record field; records++ }
            record = ""; field = ""; started = 0
        } else if (c != "\r") {
            field = field c; started = 1
        }
    }
    if (quoted) {
        print "unfinished quote in record " records + 1 > "/dev/stderr"
        exit 3
    }
}
AWK

cat > json.awk <<'AWK'
function escape(s) {
    gsub(/"/, "\\\"", s)
    gsub(/\t/, "\\t", s)
    gsub(/\002/, "\\n", s)
    return "\"" s "\""
}
function value(s) {
    if (s == "") return "null"
    if (s ~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/) return s
    if (s == "true" || s == "false") return s
    return escape(s)
}
BEGIN {
    FS = "\001"
    count = split(columns, wanted, ",")
    printf "["
}
NR == 1 {
    for (i = 1; i <= NF; i++) { names[i] = $i; place[$i] = i }
    if (count == 0) { count = NF; for (i = 1; i <= NF; i++) wanted[i] = $i }
    width = NF
    next
}
{
    if (NF != width) {
        printf "record %d has %d fields, not %d\n", NR, NF, width > "/dev/stderr"
        failed = 1
        next
    }
    printf "%s\n  {", (rows++ ? "," : "")
    for (i = 1; i <= count; i++)
        printf "%s%s: %s", (i > 1 ? ", " : ""), escape(wanted[i]), value($(place[wanted[i]]))
    printf "}"
}
END {
    print (rows ? "\n]" : "]")
    if (failed) exit 4
}
AWK

convert() { # separator, columns; CSV on standard input
    awk -v separator="$1" -f parse.awk > records || return $?
    awk -v columns="$2" -f json.awk records
}

cat > people.csv <<'CSV'
name,age,city,note,active
Ada,36,London,"first, of all",true
"Grace ""Amazing"" Hopper",85,"New York","found
a bug",true
Linus,,Helsinki,"tab	inside",false
"",0,-1.5e3,007,TRUE
CSV
printf 'a;b\r\n1;"x;y"\r\n2;\r\n' > semi.csv

echo '-- all'; convert , '' < people.csv
echo '-- some columns'; convert , city,name < people.csv
echo '-- semicolons'; convert ';' '' < semi.csv
echo '-- nothing but names'; echo a,b | convert , ''
echo '-- wrong number'
printf 'a,b\n1\n2,3\n' | convert , "" 2>/dev/null || echo "status $?"
echo '-- unfinished'
printf 'a,b\n1,"two\n' | convert , "" 2>/dev/null || echo "status $?"
echo '-- grouped'
awk -F, 'NR > 1 { n[$1]++; s[$1] += $2 } END { for (k in n) printf "%s\t%d\t%.2f\n", k, n[k], s[k] / n[k] }' <<'CSV' | sort | awk -F'\t' 'BEGIN { print "{" } { printf "%s  \"%s\": {\"n\": %d, \"mean\": %s}", (NR > 1 ? ",\n" : ""), $1, $2, $3 } END { print "\n}" }'
kind,price
apple,1.20
pear,2.50
apple,1.40
plum,0.75
pear,1.50
CSV
echo '-- and back'
convert , name,age < people.csv | sed -n 's/^ *{"name": \(.*\), "age": \([^}]*\)}.*/\1;\2/p' | sed 's/null//g' | sort
