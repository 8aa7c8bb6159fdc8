#!/usr/bin/env bash
# container-image.sh SOCKET [NAME]: builds a small BusyBox image from this machine's own files and imports it into the
# engine at SOCKET. As root.
set -euo pipefail
SOCKET=${1:?usage: container-image.sh SOCKET [NAME]}
NAME=${2:-uim-test/busybox:1}
repository=${NAME%:*}
tag=${NAME##*:}

DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT
root=$DIR/root
mkdir -p "$root"/{bin,dev,etc,proc,root,sys,tmp,var}
chmod 1777 "$root/tmp"
install -m 0755 "$(command -v busybox)" "$root/bin/busybox"
"$root/bin/busybox" --list | while read -r applet; do
  [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"
done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"

api() { curl --fail-with-body --silent --show-error --unix-socket "$SOCKET" "${@:2}" "http://engine/v1.41$1"; }
imported=$(tar --create --directory "$root" --owner 0 --group 0 --numeric-owner . |
  api "/images/create?fromSrc=-&repo=$repository&tag=$tag" --request POST --header 'Content-Type: application/x-tar' --data-binary @-)
# Podman ignores the name.
id=$(jq --raw-output --slurp 'map(.status // empty) | last' <<<"$imported")
api "/images/${id#sha256:}/tag?repo=$repository&tag=$tag" --request POST --output /dev/null
