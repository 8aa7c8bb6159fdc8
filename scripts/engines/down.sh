#!/usr/bin/env bash
# down.sh DIR: removes everything that dockerd.sh or podman.sh started in DIR, whether or not the engine still runs:
# containers, processes, network, mounts and DIR itself. As root.
set -euo pipefail
DIR=$(realpath -m "${1:?usage: down.sh DIR}")
if [[ ! -e $DIR ]] || rmdir "$DIR" 2>/dev/null; then exit 0; fi
if [[ ! -e $DIR/netns ]]; then
  echo "$0: no engine was started in $DIR" >&2
  exit 2
fi
in_own_network=()
if mountpoint --quiet "$DIR/netns"; then in_own_network=(nsenter "--net=$DIR/netns"); fi

api() { curl --fail --silent --max-time 30 --unix-socket "$DIR/docker.sock" "${@:2}" "http://engine/v1.41$1"; }

# Through the engine if possible, because it may keep data outside of DIR. Podman needs no running service for that.
remove_containers() {
  local ids id
  if [[ -e $DIR/containers.conf ]]; then
    export CONTAINERS_CONF=$DIR/containers.conf TMPDIR=$DIR
    (cd "$DIR" && timeout 60 "${in_own_network[@]}" podman --root "$DIR/data" --runroot "$DIR/run" --tmpdir "$DIR/tmp" \
      rm --all --force --time 0 --volumes) >/dev/null
  elif ids=$(api '/containers/json?all=1' | jq --raw-output '.[].Id'); then
    for id in $ids; do api "/containers/$id?force=1&v=1" --request DELETE; done
  fi
}

# Processes in the engine's network namespace, and those whose root is a layer in DIR: containers, even if their
# engine was killed.
processes() {
  local pattern namespace
  pattern=$(sed 's/[^A-Za-z0-9_/-]/\\&/g' <<<"$DIR/")
  namespace=$(stat --dereference --format %d:%i "$DIR/netns")
  {
    stat --dereference --format '%d:%i %n' /proc/[0-9]*/ns/net 2>/dev/null | sed --quiet "s/^$namespace //p"
    grep --no-messages --files-with-matches --extended-regexp \
      "^[^ ]+ [^ ]+ [^ ]+ ([^ ]*${pattern}[^ ]* / |[^ ]+ / .*[=:]$pattern)" /proc/[0-9]*/mountinfo
  } | cut --delimiter / --fields 3 | sort --unique || true
}

end_processes() {
  local attempt pids
  for ((attempt = 0; attempt < 300; attempt++)); do
    pids=$(processes)
    [[ -n $pids ]] || return 0
    # shellcheck disable=SC2086 # One argument for each process.
    kill -KILL $pids 2>/dev/null || true
    sleep 0.1
  done
  echo "$0: still running: ${pids//$'\n'/ }" >&2
  return 1
}

# Left over if the engine was dead; a running engine removes the cgroups of its containers.
remove_cgroups() {
  local container id
  for container in "$DIR"/data/containers/*/; do
    id=$(basename "$container")
    [[ $id =~ ^[0-9a-f]{64}$ ]] || continue
    find /sys/fs/cgroup -depth -type d -path "*/docker/$id*" -exec rmdir {} +
  done
}

remove_containers || echo "$0: the engine could not remove its containers; ending them without it" >&2
end_processes
remove_cgroups
# The interface is only known to belong to this engine if the namespace exists.
if ((${#in_own_network[@]} > 0)) && [[ -e $DIR/interface ]]; then ip link delete "$(<"$DIR/interface")"; fi
awk -v dir="$DIR/" 'index($2, dir) == 1 { print $2 }' /proc/self/mounts | sort --reverse | xargs --no-run-if-empty umount --lazy
rm --recursive --force --one-file-system "$DIR"
