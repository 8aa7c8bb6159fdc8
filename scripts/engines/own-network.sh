# Sourced by dockerd.sh and podman.sh. Gives the engine in $DIR a network namespace of its own: two engines in one
# would undo each other's rules of iptables, and those of an engine that serves this machine.
#
# ENGINE_ADDRESSES is the first half of the engine's addresses, e.g. 10.209: its networks get 10.209.0.0/24 and so on.
# The machine reaches the engine at 10.209.255.2, and the engine the machine at 10.209.255.1. Sets in_own_network.

own_network() {
  local addresses=$1 namespace=$DIR/netns outside
  outside=uim${addresses//./x}
  in_own_network=(nsenter "--net=$namespace")
  # It outlives the engine, as containers do.
  if mountpoint --quiet "$namespace"; then return; fi
  touch "$namespace"
  unshare "--net=$namespace" true
  "${in_own_network[@]}" ip link set lo up
  "${in_own_network[@]}" ip link add eth0 type veth peer name "$outside" netns $$
  "${in_own_network[@]}" ip address add "$addresses.255.2/30" dev eth0
  "${in_own_network[@]}" ip link set eth0 up
  "${in_own_network[@]}" ip route add default via "$addresses.255.1"
  ip address add "$addresses.255.1/30" dev "$outside"
  ip link set "$outside" up
}
