#!/usr/bin/env bash
# Installs the Debian packages that the engine tests need; returns quickly if all are installed. As root.
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

# If there is a service manager, installing a daemon's package starts it; the tests start their own.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 0755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends "${missing[@]}"
