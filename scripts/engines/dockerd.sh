#!/usr/bin/env bash
# dockerd.sh DIR: runs Docker Engine in the foreground, all its files in DIR, listening on DIR/docker.sock. As root.
# down.sh DIR removes everything again.
#
# Containers outlive the daemon, even if it is killed; started again on the same DIR, it picks them up.
set -euo pipefail
DIR=$(realpath -m "${1:?usage: dockerd.sh DIR}")
mkdir -p "$DIR"
in_own_network=()
ADDRESSES=${ENGINE_ADDRESSES:-10.209}
# shellcheck source=own-network.sh
. "$(dirname "$0")/own-network.sh"
own_network "$ADDRESSES" "$DIR/docker.sock"

# No default bridge, which is not needed; no limits above what this machine may grant.
cat >"$DIR/daemon.json" <<JSON
{
  "bridge": "none",
  "live-restore": true,
  "insecure-registries": ["$ADDRESSES.255.1/32"],
  "default-address-pools": [{ "base": "$ADDRESSES.0.0/17", "size": 24 }],
  "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 20000, "Hard": 20000 } }
}
JSON
# A killed daemon leaves its pid file, and so does its containerd, which dies with it. Another process, or an unreaped
# one, may have that pid by now, and dockerd would wait for it instead of starting a new containerd.
rm -f "$DIR/dockerd.pid"
containerd_pid=$DIR/exec/containerd/containerd.pid
if [[ -e $containerd_pid ]] && ! grep --quiet --fixed-strings "$DIR/exec/containerd" "/proc/$(<"$containerd_pid")/cmdline" 2>/dev/null; then
  rm -f "$containerd_pid"
fi
exec "${in_own_network[@]}" dockerd --config-file "$DIR/daemon.json" --data-root "$DIR/data" --exec-root "$DIR/exec" \
  --pidfile "$DIR/dockerd.pid" --host "unix://$DIR/docker.sock"
