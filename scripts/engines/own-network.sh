# shellcheck shell=bash
# Sourced by dockerd.sh and podman.sh. Gives the engine in $DIR its own network namespace: two engines in one
# namespace would undo each other's iptables rules, including those of an engine that serves this machine.
#
# ENGINE_ADDRESSES is the first half of the engine's addresses, e.g. 10.209: its networks get 10.209.0.0/24 and so on.
# The machine reaches the engine at 10.209.255.2, and the engine reaches the machine at 10.209.255.1. Sets
# in_own_network, and prints the service's settings for this engine, which are also in $DIR/service.env.

own_network() {
  local addresses=$1 socket=$2 namespace=$DIR/netns outside
  outside=uim${addresses//./x}
  in_own_network=(nsenter "--net=$namespace")
  # The namespace outlives the engine, as containers do.
  if ! mountpoint --quiet "$namespace"; then
    touch "$namespace"
    unshare "--net=$namespace" true
    if ! connect_network "$addresses" "$outside"; then
      umount "$namespace"
      echo "$0: cannot use the addresses $addresses.0.0/16: set ENGINE_ADDRESSES to others" >&2
      exit 1
    fi
    echo "$outside" >"$DIR/interface"
  fi
  # The default publish address is the loopback of the engine's own namespace, which is unreachable from outside.
  cat >"$DIR/service.env" <<ENV
DRIVER_CONTAINER=docker
DOCKER_HOST=unix://$socket
DOCKER_PUBLISH_ADDRESS=$addresses.255.2
ENV
  echo "Settings for the service, also in $DIR/service.env:"
  cat "$DIR/service.env"
}

connect_network() {
  local addresses=$1 outside=$2
  "${in_own_network[@]}" ip link set lo up &&
    "${in_own_network[@]}" ip link add eth0 type veth peer name "$outside" netns $$ &&
    "${in_own_network[@]}" ip address add "$addresses.255.2/30" dev eth0 &&
    "${in_own_network[@]}" ip link set eth0 up &&
    "${in_own_network[@]}" ip route add default via "$addresses.255.1" &&
    ip address add "$addresses.255.1/30" dev "$outside" &&
    ip link set "$outside" up
}
