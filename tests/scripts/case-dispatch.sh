# shell: sh
kind() {
    case $1 in
        -h | --help) echo help ;;
        --*=*) echo "option ${1%%=*} value ${1#*=}" ;;
        -*) echo "flag ${1#-}" ;;
        *.tar.gz | *.tgz) echo archive ;;
        [0-9]*) case $1 in *[!0-9]*) echo "starts with a digit" ;; *) echo number ;; esac ;;
        '') echo empty ;;
        [[:upper:]]*) echo capital ;;
        \*) echo star ;;
        ?) echo "one character" ;;
        *) echo other ;;
    esac
}
for x in -h --name=joe -v a.tgz 42 4x '' Upper '*' z word '[a]'; do printf '%s: ' "$x"; kind "$x"; done
