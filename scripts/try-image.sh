#!/usr/bin/env bash
# Builds the image and tests it and the compose file, as root on Debian. Prints every check; stops at the first failure.
#
# Starts a Docker daemon if none is running. If an image cannot be pulled, builds a stand-in
# with the same tag from Debian packages and this machine's Node. Removes everything it made afterwards.
# Needs: docker.io, mmdebstrap (for stand-ins), postgresql-15, node, npm, curl; docker-compose for the last part.
set -euo pipefail
cd "$(dirname "$0")/.."

IMAGE=uim-iaas-compute
NODE_IMAGE=node:20-bookworm-slim
POSTGRES_IMAGE=postgres:16-alpine
POSTGRES_BIN=/usr/lib/postgresql/15/bin
RUN_ID=try-image-$$
DIR=$(mktemp -d "/tmp/$RUN_ID.XXX")
# Other users need access: PostgreSQL does not run as root.
chmod 0711 "$DIR"
HARDENED=(--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --network host --env HOST=127.0.0.1)

dockerd_pid=''
made_images=()
compose=()

pass() { printf 'ok    %s\n' "$*"; }
fail() {
  printf 'FAIL  %s\n' "$*" >&2
  exit 1
}

# eventually SECONDS COMMAND...: repeats the command until it succeeds.
eventually() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >"$DIR/last" 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

field() { node -pe "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }

clean_up() {
  local code=$?
  trap - EXIT
  if ((code != 0)); then
    for container in $(docker ps --all --quiet --filter "name=$RUN_ID"); do
      docker logs --tail 20 "$container" >&2 || true
    done
  fi
  if ((${#compose[@]} > 0)); then "${compose[@]}" down --volumes --timeout 5 >/dev/null 2>&1 || true; fi
  docker ps --all --quiet --filter "name=$RUN_ID" | xargs --no-run-if-empty docker rm --force --volumes >/dev/null || true
  docker volume ls --quiet --filter "name=$RUN_ID" | xargs --no-run-if-empty docker volume rm >/dev/null || true
  if [[ -e $DIR/postgres/postmaster.pid ]]; then as_postgres pg_ctl --pgdata "$DIR/postgres" --mode fast stop >/dev/null || true; fi
  for image in "${made_images[@]}"; do docker rmi --force "$image" >/dev/null 2>&1 || true; done
  if [[ -n $dockerd_pid ]]; then
    kill "$dockerd_pid" || true
    wait "$dockerd_pid" || true
    # dockerd leaves the network namespace of host networking mounted.
    umount "$DIR"/exec/netns/* 2>/dev/null || true
  fi
  rm -rf "$DIR"
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

as_postgres() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$POSTGRES_BIN/$1" "${@:2}"); }

start_docker() {
  if docker info >/dev/null 2>&1; then
    pass "a Docker daemon answers: $(docker version --format '{{.Server.Version}}')"
    return
  fi
  # No bridge and no raised limits: confined containers and machines allow neither.
  cat >"$DIR/daemon.json" <<JSON
{ "bridge": "none", "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 20000, "Hard": 20000 } } }
JSON
  dockerd --config-file "$DIR/daemon.json" --data-root "$DIR/data" --exec-root "$DIR/exec" --pidfile "$DIR/dockerd.pid" \
    --host "unix://$DIR/docker.sock" >"$DIR/dockerd.log" 2>&1 &
  dockerd_pid=$!
  export DOCKER_HOST=unix://$DIR/docker.sock
  eventually 30 docker info || fail "dockerd does not start: $(tail -3 "$DIR/dockerd.log")"
  pass "started a Docker daemon: $(docker version --format '{{.Server.Version}}')"
}

# bootstrap PACKAGES MMDEBSTRAP-OPTION...: writes a Debian 12 root file system to standard output.
bootstrap() {
  local packages=$1
  shift
  # In memory, because dpkg syncs every file.
  TMPDIR=/dev/shm mmdebstrap --quiet --variant=minbase --include="$packages" --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' "$@" bookworm -
}

need_image() {
  local image=$1 stand_in=$2
  if docker image inspect "$image" >/dev/null 2>&1 || docker pull --quiet "$image" >/dev/null 2>&1; then
    pass "$image is there"
    return
  fi
  made_images+=("$image")
  "$stand_in" "$image" >/dev/null
  pass "made a stand-in for $image"
}

# shellcheck disable=SC2016 # In a hook, $1 is for the shell that mmdebstrap starts.
stand_in_for_node() {
  local npm certificates=/etc/ssl/certs/ca-certificates.crt
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  # The settings that npm needs to reach its registry from this machine go into the stand-in.
  printf 'registry=%s\ncafile=%s\n' "$(npm config get registry)" "$certificates" >"$DIR/npmrc"
  bootstrap ca-certificates,libatomic1,libstdc++6 \
    --customize-hook='chroot "$1" useradd --uid 1000 --user-group --create-home --shell /bin/bash node' \
    --customize-hook='mkdir -p "$1/usr/local/lib/node_modules/npm" "$1/usr/local/etc"' \
    --customize-hook="upload '$(readlink -f "$(command -v node)")' /usr/local/bin/node" \
    --customize-hook='chmod 0755 "$1/usr/local/bin/node"' \
    --customize-hook="sync-in '$npm' /usr/local/lib/node_modules/npm" \
    --customize-hook="upload '$DIR/npmrc' /usr/local/etc/npmrc" \
    --customize-hook="upload $certificates $certificates" \
    --customize-hook='ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/local/bin/npm"' |
    docker import --change 'CMD ["node"]' - "$1"
}

# shellcheck disable=SC2016
# Same environment variables, port and data directory as the real image; PostgreSQL 15 instead of 16.
stand_in_for_postgres() {
  cat >"$DIR/entrypoint" <<'SH'
#!/bin/bash
set -euo pipefail
as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
PATH=/usr/lib/postgresql/15/bin:$PATH
data=/var/lib/postgresql/data
install --directory --owner=postgres --mode=0700 "$data" /var/run/postgresql
if [[ ! -e $data/PG_VERSION ]]; then
  install --owner=postgres --mode=0600 /dev/stdin /tmp/password <<<"$POSTGRES_PASSWORD"
  as_postgres initdb --pgdata "$data" --encoding UTF8 --username "$POSTGRES_USER" --pwfile /tmp/password \
    --auth-host scram-sha-256 --auth-local trust
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
  as_postgres pg_ctl --pgdata "$data" --options "-c listen_addresses=''" --wait start
  createdb --host /var/run/postgresql --username "$POSTGRES_USER" "$POSTGRES_DB"
  as_postgres pg_ctl --pgdata "$data" --wait stop
fi
exec setpriv --reuid=postgres --regid=postgres --init-groups postgres -D "$data" -c listen_addresses='*'
SH
  bootstrap postgresql-15 --customize-hook="upload '$DIR/entrypoint' /usr/local/bin/entrypoint" \
    --customize-hook='chmod 0755 "$1/usr/local/bin/entrypoint"' |
    docker import --change 'ENTRYPOINT ["entrypoint"]' \
      --change 'ENV PATH=/usr/local/bin:/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
      --change 'VOLUME /var/lib/postgresql/data' - "$1"
}

build() {
  local before=$SECONDS
  docker image inspect "$IMAGE" >/dev/null 2>&1 || made_images+=("$IMAGE")
  docker build --network host --tag "$IMAGE" . >"$DIR/build.log" 2>&1 || fail "no image: $(tail -20 "$DIR/build.log")"
  local size base
  size=$(docker image inspect --format '{{.Size}}' "$IMAGE")
  base=$(docker image inspect --format '{{.Size}}' "$NODE_IMAGE")
  pass "builds in $((SECONDS - before)) s: $((size / 1000000)) MB, $(((size - base) / 1000000)) MB of them on top of the base"
}

check_contents() {
  [[ $(docker run --rm --network none "$IMAGE" id -u) == 1000 ]] || fail 'runs as another user than 1000'
  pass 'runs as uid 1000'
  # Packages only needed for development according to the lock file; others may also be dependencies of dependencies.
  local development
  development=$(node -p '
    const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
    JSON.stringify(Object.keys(packages).filter((path) => packages[path].dev));')
  docker run --rm --network none --env DEVELOPMENT="$development" "$IMAGE" node -e '
    const fs = require("fs");
    const there = JSON.parse(process.env.DEVELOPMENT).filter((path) => fs.existsSync(path));
    if (there.length > 0) throw new Error(`development dependencies inside: ${there}`);
    const entries = fs.readdirSync(".").sort().join();
    if (entries !== "LICENSE,dist,node_modules,package.json") throw new Error(`inside: ${entries}`);
  ' || fail 'has something inside that it does not need'
  pass 'holds no development dependency, no source and no test'
}

# run NAME OPTION...: starts the service, hardened, and waits until it responds. Sets url.
run() {
  local name=$RUN_ID-$1 port
  port=$(free_port)
  url=http://127.0.0.1:$port
  docker run --detach --name "$name" "${HARDENED[@]}" --env PORT="$port" "${@:2}" "$IMAGE" >/dev/null
  eventually 60 curl --fail --silent "$url/health" || fail "$1 does not answer /health"
  [[ $(field status <"$DIR/last") == healthy ]] || fail "$1 is not healthy: $(cat "$DIR/last")"
  curl --fail --silent "$url/health/ready" >/dev/null || fail "$1 is not ready"
  pass "$1, read-only, no capability: answers /health, ready"
}

# stop NAME: sends SIGTERM and expects exit code 0 long before SIGKILL.
stop() {
  local name=$RUN_ID-$1 started code
  started=$(date +%s%3N)
  docker stop --time 30 "$name" >/dev/null
  local took=$(($(date +%s%3N) - started))
  code=$(docker inspect --format '{{.State.ExitCode}}' "$name")
  [[ $code == 0 ]] || fail "$1 ends with $code on SIGTERM"
  ((took < 10000)) || fail "$1 takes $took ms to stop"
  pass "$1 stops on SIGTERM in $took ms with exit code 0"
}

instances() { printf '%s/api/v1/compute/instances' "$1"; }

# create URL: prints the id of a new instance.
create() {
  curl --fail --silent --header 'X-Tenant-ID: trial' --json '{"name":"trial","flavor":"small"}' "$(instances "$1")" | field id
}

has_status() {
  [[ $(curl --fail --silent --header 'X-Tenant-ID: trial' "$(instances "$1")/$2" | field status) == "$3" ]]
}

# check_instance MADE-THROUGH SEEN-THROUGH
check_instance() {
  local id
  id=$(create "$1") || fail 'no instance can be created'
  eventually 30 has_status "$2" "$id" running || fail "instance $id does not get to running"
  pass "an instance is created and gets to running$([[ $1 == "$2" ]] || printf ', seen through the other replica')"
  instance=$id
}

# check_console: the page of the web console and what it loads first.
check_console() {
  local script
  script=$(curl --fail --silent "$url/console/instances" | grep --only-matching '/console/assets/[^"]*\.js' | head -1)
  [[ -n $script ]] || fail 'no page of the web console'
  curl --fail --silent --compressed --output /dev/null "$url$script" || fail "the web console lacks $script"
  pass 'serves the web console'
}

is_healthy() { [[ $(docker inspect --format '{{.State.Health.Status}}' "$RUN_ID-$1") == healthy ]]; }

try_embedded() {
  local data=(--volume "$RUN_ID-data:/data")
  run embedded "${data[@]}"
  check_console
  check_instance "$url" "$url"
  eventually 45 is_healthy embedded || fail 'HEALTHCHECK does not turn healthy'
  pass 'HEALTHCHECK turns healthy'
  stop embedded
  run embedded-again "${data[@]}"
  has_status "$url" "$instance" running || fail 'the instance is gone after a restart'
  pass 'the instance is still there in a new container on the same volume'
  stop embedded-again
  run embedded-tmpfs --tmpfs /data:uid=1000,gid=1000,mode=0700
  check_instance "$url" "$url"
  stop embedded-tmpfs
}

try_postgres() {
  local port first
  port=$(free_port)
  install --directory --owner=postgres "$DIR/postgres"
  as_postgres initdb --pgdata "$DIR/postgres" --auth trust >/dev/null
  as_postgres pg_ctl --pgdata "$DIR/postgres" --log "$DIR/postgres/log" --wait start \
    --options "-p $port -h 127.0.0.1 -k $DIR/postgres" >/dev/null
  as_postgres createdb --host 127.0.0.1 --port "$port" compute
  local database=(--env "DATABASE_URL=postgresql://postgres@127.0.0.1:$port/compute")
  run replica-1 "${database[@]}"
  first=$url
  run replica-2 "${database[@]}"
  check_instance "$first" "$url"
  stop replica-1
  check_instance "$url" "$url"
  stop replica-2
}

find_compose() {
  if docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
  elif docker-compose version >/dev/null 2>&1; then
    compose=(docker-compose)
  else
    return 1
  fi
  compose+=(--file compose.yaml --project-name "$RUN_ID")
}

try_compose() {
  if ! find_compose; then
    printf 'skip  compose.yaml: no Compose on this machine\n'
    return
  fi
  "${compose[@]}" config --quiet || fail 'compose.yaml is not valid'
  pass "compose.yaml is valid for $("${compose[@]}" version --short)"
  need_image "$POSTGRES_IMAGE" stand_in_for_postgres
  COMPUTE_PORT=$(free_port) COMPUTE_2_PORT=$(free_port)
  export COMPUTE_PORT COMPUTE_2_PORT
  "${compose[@]}" up --detach --no-build >"$DIR/compose.log" 2>&1 || fail "compose up: $(tail "$DIR/compose.log")"
  local first=http://127.0.0.1:$COMPUTE_PORT second=http://127.0.0.1:$COMPUTE_2_PORT
  for url in "$first" "$second"; do
    eventually 60 curl --fail --silent "$url/health/ready" || fail "compose: $url does not answer"
  done
  pass 'compose brings up PostgreSQL and two replicas, ready on their host ports'
  check_instance "$first" "$second"
  local before=$SECONDS
  "${compose[@]}" stop compute compute-2 >/dev/null 2>&1
  for container in $("${compose[@]}" ps --all --quiet compute compute-2); do
    [[ $(docker inspect --format '{{.State.ExitCode}}' "$container") == 0 ]] || fail 'compose: a replica does not end with 0'
  done
  pass "compose stops both replicas in $((SECONDS - before)) s with exit code 0"
}

start_docker
need_image "$NODE_IMAGE" stand_in_for_node
build
check_contents
try_embedded
try_postgres
try_compose
printf 'all checks passed\n'
