#!/usr/bin/env bash
# podman.sh DIR: runs Podman's API in the foreground, with all its files in DIR, listening on DIR/podman.sock. As root.
# down.sh DIR removes everything again.
set -euo pipefail
DIR=$(realpath -m "${1:?usage: podman.sh DIR}")
mkdir -p "$DIR/networks"
in_own_network=()
ADDRESSES=${ENGINE_ADDRESSES:-10.210}
# shellcheck source=own-network.sh
. "$(dirname "$0")/own-network.sh"
own_network "$ADDRESSES" "$DIR/podman.sock"

# Excludes aardvark-dns, Podman's DNS server: all engines of a machine share its pid file, and netavark sends
# SIGHUP to that pid on every network change. After an engine was taken down, another process may have the pid.
mkdir -p "$DIR/helpers"
netavark=$(PATH="/usr/libexec/podman:/usr/lib/podman:$PATH" command -v netavark)
ln --symbolic --force "$netavark" "$DIR/helpers/netavark"

# cgroupfs: needs no service manager. runc: crun rejects hybrid cgroups. Limits: as high as this machine may grant.
cat >"$DIR/containers.conf" <<TOML
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
log_driver = "k8s-file"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
helper_binaries_dir = ["$DIR/helpers"]
[network]
network_config_dir = "$DIR/networks"
default_subnet_pools = [{ "base" = "$ADDRESSES.0.0/17", "size" = 24 }]
TOML
export CONTAINERS_CONF=$DIR/containers.conf TMPDIR=$DIR
# Podman's container monitor writes the file `oom` into the current directory.
cd "$DIR"
# May be left over from a killed engine.
rm -f "$DIR/podman.sock"
exec "${in_own_network[@]}" podman --root "$DIR/data" --runroot "$DIR/run" --tmpdir "$DIR/tmp" system service --time=0 "unix://$DIR/podman.sock"
