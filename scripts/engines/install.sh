#!/usr/bin/env bash
# Installs what the engine tests need from Debian's packages; quick where all is there. As root.
set -euo pipefail

PACKAGES=(
  docker.io
  podman runc netavark aardvark-dns iptables
  qemu-system-x86 qemu-utils
  busybox-static cpio curl jq iproute2 util-linux procps
)

missing=()
for package in "${PACKAGES[@]}"; do
  # shellcheck disable=SC2016 # A format of dpkg's, not of the shell's.
  [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
done
((${#missing[@]} > 0)) || exit 0

# Packages of daemons start them where there is a service manager; the tests start their own.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 0755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends "${missing[@]}"
