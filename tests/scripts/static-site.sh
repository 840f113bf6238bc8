# shell: bash
# A site generator: front matter, a little Markdown, templates with conditions and loops, tags, a feed, incremental builds.
set -euo pipefail
shopt -s nullglob extglob

declare -A meta=() site=([title]='Notes & Things' [url]=https://example.org)
declare -a built=() skipped=()

escape() { local t=${1//&/'&amp;'}; t=${t//</'&lt;'}; printf '%s' "${t//>/'&gt;'}"; }

inline() {
    local text
    text=$(escape "$1")
    sed -E -e 's/`([^`]+)`/<code>\1<\/code>/g' -e 's/\*\*([^*]+)\*\*/<b>\1<\/b>/g' -e 's/\*([^*]+)\*/<i>\1<\/i>/g' -e 's/\[([^]]+)\]\(([^)]+)\)/<a href="\2">\1<\/a>/g' <<< "$text"
}

markdown() {
    local line list='' paragraph='' code=''
    flush() {
        [[ -z $paragraph ]] || printf '<p>%s</p>\n' "$(inline "${paragraph# }")"
        paragraph=''
    }
    end_list() { [[ -z $list ]] || printf '</%s>\n' "$list"; list=''; }
    while IFS= read -r line || [[ -n $line ]]; do
        if [[ $line == '```'* ]]; then
            flush; end_list
            if [[ -n $code ]]; then echo '</pre>'; code=''; else printf '<pre>'; code=yes; fi
        elif [[ -n $code ]]; then
            printf '%s\n' "$(escape "$line")"
        elif [[ $line =~ ^(#{1,6})\ +(.*)$ ]]; then
            flush; end_list
            printf '<h%d>%s</h%d>\n' "${#BASH_REMATCH[1]}" "$(inline "${BASH_REMATCH[2]}")" "${#BASH_REMATCH[1]}"
        elif [[ $line =~ ^([-*]|[0-9]+\.)\ +(.*)$ ]]; then
            flush
            local kind=ul
            [[ ${BASH_REMATCH[1]} == [0-9]* ]] && kind=ol
            local item=${BASH_REMATCH[2]}
            [[ $list == "$kind" ]] || { end_list; echo "<$kind>"; list=$kind; }
            printf '<li>%s</li>\n' "$(inline "$item")"
        elif [[ $line == *( ) ]]; then
            flush; end_list
        else
            end_list
            paragraph+=" $line"
        fi
    done
    flush; end_list
}

read_page() { # file: meta and body
    meta=()
    local line in_head='' key
    body=''
    while IFS= read -r line || [[ -n $line ]]; do
        if [[ $line == --- && -z $in_head ]]; then
            in_head=yes
        elif [[ $line == --- && $in_head == yes ]]; then
            in_head=done
        elif [[ $in_head == yes ]]; then
            key=${line%%:*}
            line=${line#*:}
            meta[${key,,}]=${line##*( )}
        else
            body+=$line$'\n'
        fi
    done < "$1"
    : "${meta[title]:=${1##*/}}" "${meta[date]:=1970-01-01}" "${meta[tags]:=}"
}

render() { # template on standard input; {{name}}, {{?name}}…{{/}}, {{*list}}…{{.}}…{{/}}
    local line
    while IFS= read -r line || [[ -n $line ]]; do
        while [[ $line =~ \{\{\?([a-z]+)\}\}(.*)\{\{/\}\} ]]; do
            if [[ -n ${meta[${BASH_REMATCH[1]}]-} ]]; then
                line=${line/"${BASH_REMATCH[0]}"/"${BASH_REMATCH[2]}"}
            else
                line=${line/"${BASH_REMATCH[0]}"/}
            fi
        done
        while [[ $line =~ \{\{\*([a-z]+)\}\}(.*)\{\{/\}\} ]]; do
            local all='' part whole=${BASH_REMATCH[0]} inner=${BASH_REMATCH[2]} items=${meta[${BASH_REMATCH[1]}]-}
            for part in $items; do
                all+=${inner//'{{.}}'/$part}
            done
            line=${line/"$whole"/"$all"}
        done
        while [[ $line =~ \{\{([a-z]+)\}\} ]]; do
            local name=${BASH_REMATCH[1]}
            if [[ $name == content ]]; then
                line=${line/'{{content}}'/"$content"}
            else
                line=${line/"{{$name}}"/"$(escape "${meta[$name]-${site[$name]-}}")"}
            fi
        done
        printf '%s\n' "$line"
    done
}

build() {
    local page target content
    built=() skipped=()
    mkdir -p out
    : > index.tmp
    for page in pages/*.md; do
        target=out/$(basename "$page" .md).html
        read_page "$page"
        printf '%s\t%s\t%s\t%s\n' "${meta[date]}" "${target#out/}" "${meta[title]}" "${meta[tags]}" >> index.tmp
        if [[ -e $target && ! $page -nt $target && ! template.html -nt $target ]]; then
            skipped+=("${target#out/}")
            continue
        fi
        content=$(markdown <<< "$body")
        render < template.html > "$target"
        built+=("${target#out/}")
    done
    echo "built: ${built[*]-}; skipped: ${skipped[*]-}"
}

index() { sort -r index.tmp | while IFS=$'\t' read -r date file title tags; do printf '%s <a href="%s">%s</a>%s\n' "$date" "$file" "$(escape "$title")" "${tags:+ (${tags// /, })}"; done; }

tags() {
    local -A by=()
    local date file title list tag
    while IFS=$'\t' read -r date file title list; do
        for tag in $list; do by[$tag]+="$file "; done
    done < <(sort index.tmp)
    for tag in $(printf '%s\n' "${!by[@]}" | sort); do echo "$tag: ${by[$tag]% }"; done
}

mkdir -p pages
printf '%s\n' '<title>{{title}} - {{site}}</title>' '{{?author}}<address>{{author}}</address>{{/}}' '<nav>{{*tags}}<a>#{{.}}</a>{{/}}</nav>' '{{content}}' > template.html
site[site]=${site[title]}
printf '%s\n' --- 'Title: First <post>' 'date: 2026-01-02' 'Tags: shell unix' 'author: A. N. Other' --- '# Hello' '' 'Some *text* with **force**,' 'over `two` lines & more.' '' '- one' '- [two](http://x/?a=1&b=2)' '' '1. first' '2. second' > pages/first.md
printf '%s\n' --- 'title: Code' 'date: 2026-03-04' 'tags: shell' --- 'Look:' '```' 'if [ 1 -lt 2 ]; then' '  echo "<ok>"' 'fi' '```' '## End' > pages/code.md
printf 'No head at all.\n' > pages/plain.md
build
head -n 50 out/first.html out/code.html
echo '-- plain'; cat out/plain.html
echo '-- index'; index
echo '-- tags'; tags
touch -d '2030-01-01' out/*.html
build
touch -d '2031-01-01' pages/code.md
build
