# shell: sh
usage() { echo "usage: prog [-v] [-o FILE] [-n NUM] ARG..." >&2; exit 2; }
run() (
    verbose=0 output=- number=1
    OPTIND=1
    while getopts ':vo:n:' option; do
        case $option in
            v) verbose=$((verbose + 1)) ;;
            o) output=$OPTARG ;;
            n) number=$OPTARG ;;
            :) echo "option -$OPTARG needs a value"; usage ;;
            \?) echo "unknown option -$OPTARG"; usage ;;
        esac
    done
    shift $((OPTIND - 1))
    echo "verbose=$verbose output=$output number=$number args=$#:$*"
)
run -v -v -o out.txt -n 3 a b
run -vvoout.txt -n3 -- -x y
run
run -n; echo "status $?"
run -z; echo "status $?"
