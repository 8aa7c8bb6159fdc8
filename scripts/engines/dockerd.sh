#!/usr/bin/env bash
# dockerd.sh DIR: runs Docker Engine in the foreground, with everything of it below DIR, on DIR/docker.sock. As root.
# down.sh DIR removes everything again.
#
# Containers outlive it, also when it is killed: started again on the same DIR, it takes them back.
set -euo pipefail
DIR=$(realpath -m "${1:?usage: dockerd.sh DIR}")
mkdir -p "$DIR"
in_own_network=()
ADDRESSES=${ENGINE_ADDRESSES:-10.209}
# shellcheck source=own-network.sh
. "$(dirname "$0")/own-network.sh"
own_network "$ADDRESSES" "$DIR/docker.sock"

# No bridge that nobody asks for; no limits above what this machine may give.
cat >"$DIR/daemon.json" <<JSON
{
  "bridge": "none",
  "live-restore": true,
  "insecure-registries": ["$ADDRESSES.255.1/32"],
  "default-address-pools": [{ "base": "$ADDRESSES.0.0/17", "size": 24 }],
  "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 20000, "Hard": 20000 } }
}
JSON
# A daemon that was killed leaves its pid, and so does its containerd, which dies with it. Another process, or one that
# nobody has waited for, may have that number by now, and dockerd would wait for it instead of starting a new one.
rm -f "$DIR/dockerd.pid"
containerd_pid=$DIR/exec/containerd/containerd.pid
if [[ -e $containerd_pid ]] && ! grep --quiet --fixed-strings "$DIR/exec/containerd" "/proc/$(<"$containerd_pid")/cmdline" 2>/dev/null; then
  rm -f "$containerd_pid"
fi
exec "${in_own_network[@]}" dockerd --config-file "$DIR/daemon.json" --data-root "$DIR/data" --exec-root "$DIR/exec" \
  --pidfile "$DIR/dockerd.pid" --host "unix://$DIR/docker.sock"
