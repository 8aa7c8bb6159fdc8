#!/bin/sh
# Builds a small guest for the qemu driver, without an image registry and without root:
#   scripts/engines/guest-image.sh DIR
# Writes to DIR: vmlinuz (Debian's cloud kernel), initrd.gz (busybox, QEMU's guest agent and a few modules),
# disk.qcow2 (empty, 64 MiB) and images.json, a catalog for IMAGES_FILE with the image small-guest. Downloads are kept in
# DIR/cache.
#
# The guest is a tiny cloud-init: it reads host name, ssh keys and a `#!` script from a NoCloud seed, and reports
# its findings on its serial console. It serves its host name on port 80; the power button turns it off.
# Needs Debian's apt, dpkg, cpio, busybox-static and qemu-utils, and libnuma1 and libglib, as qemu-system-x86 does.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
mkdir -p "$1/cache"
dir=$(cd "$1" && pwd)

# Serialized, because tests in several processes call this at once.
exec 9>"$dir/lock"
flock 9

# A changed script rebuilds the image.
stamp=$(sha256sum "$0" | cut -d' ' -f1)
if [ "$(cat "$dir/stamp" 2>/dev/null)" = "$stamp" ]; then exit 0; fi

for tool in apt-get dpkg cpio busybox qemu-img; do
  command -v "$tool" >/dev/null || { echo "$0: $tool is missing" >&2; exit 1; }
done

# The name of the kernel package contains its ABI.
cd "$dir/cache"
if ! ls linux-image-*.deb >/dev/null 2>&1; then
  package=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image-/ { print $2; exit }')
  [ -n "$package" ] || { echo "$0: apt knows no linux-image-cloud-amd64; run apt-get update" >&2; exit 1; }
  apt-get download "$package"
fi
ls qemu-guest-agent_*.deb >/dev/null 2>&1 || apt-get download qemu-guest-agent

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dpkg -x linux-image-*.deb "$work/kernel"
dpkg -x qemu-guest-agent_*.deb "$work/agent"
version=$(ls "$work/kernel/lib/modules")

root=$work/root
modules=$root/lib/modules/$version
mkdir -p "$root/bin" "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp" "$root/root" "$root/seed" \
  "$root/www" "$root/etc/acpi/PWRF" "$root/usr/share/udhcpc" "$modules"
cp "$(command -v busybox)" "$root/bin/busybox"

# The agent is dynamically linked; its libraries are those of this machine.
agent=$work/agent/usr/sbin/qemu-ga
libraries=$(ldd "$agent" | sed -n 's,^[^/]*\(/[^ ]*\) (0x.*,\1,p')
if [ -z "$libraries" ] || ldd "$agent" | grep -q 'not found'; then
  echo "$0: a library of the guest agent is missing: $(ldd "$agent" | grep 'not found')" >&2
  exit 1
fi
cp "$agent" "$root/bin/qemu-ga"
for library in $libraries; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done

# Includes the modules that these depend on, according to modules.dep.
from=$work/kernel/lib/modules/$version
busybox depmod -b "$work/kernel" "$version"
for name in button evdev virtio_pci virtio_blk virtio_net virtio-rng virtio_console isofs vfat nls_cp437 nls_ascii nls_utf8; do
  for file in $(sed -n "s,^\([^:]*/$name\.ko\):\(.*\),\1 \2,p" "$from/modules.dep"); do
    mkdir -p "$modules/$(dirname "$file")"
    cp "$from/$file" "$modules/$file"
  done
done
busybox depmod -b "$root" "$version"

# Static programs crash without it when they resolve a host name or even an address.
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

cat >"$root/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
exec </dev/ttyS0 >/dev/ttyS0 2>&1
for module in button evdev virtio_pci virtio_blk virtio_net virtio_console vfat nls_cp437 nls_ascii nls_utf8 isofs; do
  modprobe -q "$module"
done

acpid -l /dev/null -c /etc/acpi

echo UIM-GUEST-READY
echo "UIM-CPUS=$(grep -c ^processor /proc/cpuinfo)"
echo "UIM-MEM-KB=$(awk '/^MemTotal/ { print $2 }' /proc/meminfo)"
for disk in /sys/block/vd*; do
  [ -e "$disk/size" ] && [ "$(cat "$disk/ro")" = 0 ] && echo "UIM-DISK-BYTES=$(($(cat "$disk/size") * 512))"
done

# YAML whose values are JSON: enough for what the driver writes.
value() { sed -n "s/^ *\"\{0,1\}$1\"\{0,1\}: *\"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2" | head -n 1; }

seed=$(findfs LABEL=CIDATA || findfs LABEL=cidata) 2>/dev/null
if [ -n "$seed" ] && { mount -o ro -t vfat "$seed" /seed || mount -o ro -t iso9660 "$seed" /seed; } 2>/dev/null; then
  echo "UIM-SEED=$(ls /seed | sort | tr '\n' ' ')"
  echo "UIM-INSTANCE-ID=$(value instance-id /seed/meta-data)"
  hostname "$(value local-hostname /seed/meta-data)"
  mkdir -p /root/.ssh
  cat /seed/user-data /seed/meta-data | grep -o '"\(ssh-\|ecdsa-\|sk-\)[^"]*"' | tr -d '"' | sort -u \
    >/root/.ssh/authorized_keys
  echo "UIM-SSH-KEYS=$(grep -c . /root/.ssh/authorized_keys)"
fi
echo "UIM-HOSTNAME=$(hostname)"

ifconfig lo 127.0.0.1 up
if [ -e /sys/class/net/eth0 ]; then
  ifconfig eth0 up
  udhcpc -i eth0 -n -q -t 5 -T 1 -s /usr/share/udhcpc/default.script >/dev/null 2>&1
  echo "UIM-ADDRESS=$(ifconfig eth0 | sed -n 's/.*inet addr:\([0-9.]*\).*/\1/p')"
  hostname >/www/index.html
  httpd -p 80 -h /www
fi

for port in /sys/class/virtio-ports/*; do
  [ "$(cat "$port/name" 2>/dev/null)" = org.qemu.guest_agent.0 ] || continue
  qemu-ga -d -p "/dev/${port##*/}" -f /run/qemu-ga.pid -t /run -l /run/qemu-ga.log
done

if [ "$(head -c 2 /seed/user-data 2>/dev/null)" = '#!' ]; then
  cp /seed/user-data /tmp/user-data && chmod 700 /tmp/user-data && /tmp/user-data
  echo "UIM-USER-DATA-EXIT=$?"
fi
echo UIM-GUEST-DONE
exec sleep 2147483647
INIT

cat >"$root/usr/share/udhcpc/default.script" <<'DHCP'
#!/bin/sh
[ "$1" = bound ] || [ "$1" = renew ] || exit 0
ifconfig "$interface" "$ip" netmask "$subnet"
for gateway in $router; do route add default gw "$gateway" dev "$interface"; done
for server in $dns; do echo "nameserver $server"; done >/etc/resolv.conf
DHCP

cat >"$root/etc/acpi/PWRF/00000080" <<'POWER'
#!/bin/sh
echo UIM-POWER-BUTTON >/dev/ttyS0
sync
poweroff -f
POWER
chmod 755 "$root/init" "$root/usr/share/udhcpc/default.script" "$root/etc/acpi/PWRF/00000080"
ln -s busybox "$root/bin/sh"

(cd "$root" && find . | cpio --quiet -o -H newc -R 0:0 | gzip -9n) >"$dir/initrd.gz.new"
cp "$work/kernel/boot/vmlinuz-$version" "$dir/vmlinuz.new"
qemu-img create -q -f qcow2 "$dir/disk.qcow2.new" 64M
for file in vmlinuz initrd.gz disk.qcow2; do mv "$dir/$file.new" "$dir/$file"; done

sum() { sha256sum "$dir/$1" | cut -d' ' -f1; }
cat >"$dir/images.json" <<JSON
{
  "images": [
    {
      "id": "small-guest",
      "name": "Small guest",
      "defaultUser": "root",
      "qemu": {
        "guestAgent": true,
        "kernel": { "file": "vmlinuz", "sha256": "$(sum vmlinuz)" },
        "initrd": { "file": "initrd.gz", "sha256": "$(sum initrd.gz)" },
        "commandLine": "quiet",
        "disk": { "file": "disk.qcow2", "format": "qcow2", "sha256": "$(sum disk.qcow2)" }
      }
    }
  ]
}
JSON
echo "$stamp" >"$dir/stamp"
