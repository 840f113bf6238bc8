# shell: sh
# Takes URLs apart with parameter expansion alone.
parse() {
    url=$1
    scheme=${url%%://*}; rest=${url#*://}
    hostport=${rest%%/*}
    case $rest in */*) path=/${rest#*/} ;; *) path=/ ;; esac
    query=; case $path in *\?*) query=${path#*\?}; path=${path%%\?*} ;; esac
    port=; case $hostport in *:*) port=${hostport##*:} ;; esac
    echo "$scheme|${hostport%%:*}|${port:-default}|$path|${query:-none}"
}
parse http://example.org
parse https://example.org:8443/a/b?x=1
parse ftp://h/
