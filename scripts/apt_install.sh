#!/bin/sh
# apt_install.sh PACKAGE…: installs Debian packages as root, asks nothing and starts no server.
# While apt works, two marked files keep servers from starting and PostgreSQL from making a shared cluster;
# both are gone afterwards, also those that a killed run left behind.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH="$PATH:/usr/sbin:/sbin"
mark="# made by title-review-portal's setup while it installs packages"
policy=/usr/sbin/policy-rc.d
cluster_dir=/etc/postgresql-common/createcluster.d
cluster="$cluster_dir/title-review-portal-setup.conf"

put_back() {
    if grep -qsF "$mark" "$policy"; then rm -f "$policy"; fi
    rm -f "$cluster"
    if ! dpkg-query -W postgresql-common >/dev/null 2>&1; then
        rmdir -p --ignore-fail-on-non-empty "$cluster_dir" 2>/dev/null || true
    fi
}
trap put_back EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
    chmod 755 "$policy"
fi
mkdir -p "$cluster_dir"
printf '%s\ncreate_main_cluster = false\n' "$mark" >"$cluster"

# Servers that are not there yet: what comes with us must not start with the machine.
new_servers=
for server in redis-server clamav-daemon clamav-freshclam; do
    dpkg-query -W "$server" >/dev/null 2>&1 || new_servers="$new_servers $server"
done

install() {
    apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -q install -y --no-install-recommends "$@"
}
update() {
    apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -q update
}

dpkg --configure -a </dev/null # what an interrupted installation left half done
if [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ]; then update; fi
install "$@" </dev/null || {
    update
    install "$@" </dev/null
}

for server in $new_servers; do
    if [ -d /run/systemd/system ] && [ -e "/lib/systemd/system/$server.service" ]; then
        systemctl disable "$server.service"
    fi
done
