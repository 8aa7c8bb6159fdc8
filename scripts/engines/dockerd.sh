#!/usr/bin/env bash
# dockerd.sh DIR: runs Docker Engine in the foreground, with everything of it below DIR, on DIR/docker.sock. As root.
#
# Containers outlive it, also when it is killed: started again on the same DIR, it takes them back.
set -euo pipefail
DIR=$(realpath -m "${1:?usage: dockerd.sh DIR}")
mkdir -p "$DIR"

# No bridge of its own, which two daemons would fight for; no limits above what this machine may give.
cat >"$DIR/daemon.json" <<JSON
{
  "bridge": "none",
  "live-restore": true,
  "default-address-pools": [{ "base": "${ENGINE_ADDRESSES:-10.209.0.0/16}", "size": 24 }],
  "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 20000, "Hard": 20000 } }
}
JSON
# A daemon that was killed leaves its pid, and another process may have it by now.
rm -f "$DIR/dockerd.pid"
exec dockerd --config-file "$DIR/daemon.json" --data-root "$DIR/data" --exec-root "$DIR/exec" \
  --pidfile "$DIR/dockerd.pid" --host "unix://$DIR/docker.sock"
