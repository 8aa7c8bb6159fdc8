#!/bin/sh
# Builds a Debian guest with systemd and nginx for the qemu driver, as root, from Debian packages:
#   scripts/engines/debian-guest.sh DIR
# Writes to DIR: vmlinuz, initrd.img and disk.qcow2, a root file system on a disk without partitions. The guest gets its
# address by DHCP. Nobody can log in.
# Needs mmdebstrap, e2fsprogs and qemu-utils.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)

exec 9>"$dir/lock"
flock 9

# A changed script rebuilds the guest.
stamp=$(sha256sum "$0" | cut -d' ' -f1)
if [ "$(cat "$dir/stamp" 2>/dev/null)" = "$stamp" ]; then exit 0; fi

# In memory, because dpkg syncs every file.
work=$(mktemp -d /dev/shm/debian-guest-XXXXXX)
trap 'rm -rf "$work"' EXIT
export TMPDIR="$work"
# shellcheck disable=SC2016 # In a hook, $1 is for the shell that mmdebstrap starts.
mmdebstrap --quiet --variant=minbase \
  --include=systemd-sysv,udev,dbus,nginx-light,linux-image-cloud-amd64 \
  --customize-hook='printf "[Match]\nName=en* eth*\n[Network]\nDHCP=yes\n" >"$1/etc/systemd/network/guest.network"' \
  --customize-hook='chroot "$1" systemctl enable --quiet systemd-networkd' \
  --customize-hook='echo guest >"$1/etc/hostname"' \
  bookworm "$work/root"

cp "$work"/root/boot/vmlinuz-* "$dir/vmlinuz.new"
cp "$work"/root/boot/initrd.img-* "$dir/initrd.img.new"
rm -rf "$work"/root/boot/* "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/*
mke2fs -q -t ext4 -d "$work/root" "$work/disk.raw" 2G
qemu-img convert -O qcow2 "$work/disk.raw" "$dir/disk.qcow2.new"
for file in vmlinuz initrd.img disk.qcow2; do mv "$dir/$file.new" "$dir/$file"; done
echo "$stamp" >"$dir/stamp"
