#!/bin/sh
# test_bare.sh: proves both commands on a bare Debian 12. In a root of its own (mmdebstrap, minbase with python3, git
# and make), in namespaces of its own, with an empty environment, it clones what is committed, starts `make run` until the
# page answers, stops it as Ctrl-C does, looks that no process is left, runs `make test`, and removes everything.
# From the host come only the way to the package registries: certificates, proxies, and the settings of apt, pip and npm.
# Needs root, mmdebstrap and unshare. BARE_KEEP=1 keeps the root; BARE_STEPS="run" or "test" runs one part.
# BARE_PATIENCE=3 allows the starts three times as long, for a machine that is busy with other things.
set -eu
clone=$(cd "$(dirname "$0")/.." && pwd)
shared="$clone/../shared"
steps=${BARE_STEPS:-run test}

[ "$(id -u)" = 0 ] || { echo "make test-bare needs root: it makes a root file system." >&2; exit 1; }
if ! command -v mmdebstrap >/dev/null; then sh "$clone/scripts/apt_install.sh" mmdebstrap; fi

place=$(mktemp -d "${TMPDIR:-/tmp}/portal-bare-XXXXXX")
root="$place/root"
cleanup() {
    status=$?
    trap - EXIT INT TERM HUP
    # Mounts and processes ended with their namespaces; what is left is files.
    if [ "${BARE_KEEP:-}" = 1 ]; then echo "Kept: $root"; else rm -rf --one-file-system "$place"; fi
    exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

echo "== a bare root in $root"
mmdebstrap --variant=minbase --include=python3,git,make --quiet bookworm "$root" \
    $(find /etc/apt/sources.list /etc/apt/sources.list.d -name '*.list' -o -name '*.sources' 2>/dev/null | xargs -r grep -lE 'bookworm' || true)

echo "== the host's way to the registries"
certificates=/etc/ssl/certs/ca-certificates.crt
[ -e "$certificates" ] && install -D -m 644 "$certificates" "$root/etc/portal-bare/certificates.pem"
for file in /etc/apt/apt.conf.d/*; do
    if grep -q '^ *Acquire::' "$file" && ! grep -qE 'Invoke|DPkg' "$file"; then cp "$file" "$root/etc/apt/apt.conf.d/"; fi
done
for file in /etc/pip.conf /etc/npmrc /etc/resolv.conf /etc/hosts; do
    if [ -e "$file" ]; then cp -L "$file" "$root$file"; fi
done

git clone --quiet --no-hardlinks "$clone" "$root/srv/main"
[ -d "$shared" ] && cp -r "$(cd "$shared" && pwd)" "$root/srv/shared"
install -m 755 "$clone/scripts/test_bare_inside.sh" "$root/srv/inside.sh"

# An empty environment, but for what leads to the registries.
set -- PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root STEPS="$steps" PATIENCE="${BARE_PATIENCE:-1}"
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY PIP_INDEX_URL PIP_TRUSTED_HOST \
    PIP_PROXY PIP_DEFAULT_TIMEOUT NPM_CONFIG_REGISTRY npm_config_registry; do
    eval "value=\${$name:-}"
    if [ -n "$value" ]; then set -- "$@" "$name=$value"; fi
done
for name in SSL_CERT_FILE PIP_CERT REQUESTS_CA_BUNDLE CURL_CA_BUNDLE NODE_EXTRA_CA_CERTS; do
    eval "value=\${$name:-}"
    if [ -n "$value" ]; then set -- "$@" "$name=/etc/portal-bare/certificates.pem"; fi
done

echo "== inside"
unshare --mount --pid --ipc --fork --kill-child sh -eu -c '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys" 2>/dev/null || true
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    mkdir "$root/dev/shm" "$root/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$root/dev/pts"
    for device in null zero full random urandom tty; do
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    exec chroot "$root" env -i "$@" sh /srv/inside.sh
' sh "$root" "$@"
echo "== bare root: passed ($steps)"
