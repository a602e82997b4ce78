#!/usr/bin/env bash
# Installs Debian's Samba and OpenLDAP for the tests of directories, where that is possible; else says what will be
# missing.  Nothing of them is left running: the tests start servers of their own.
set -uo pipefail

here() { command -v samba && command -v samba-tool && command -v slapd; }
PATH=$PATH:/usr/sbin
here >/dev/null && exit 0
if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo -n"; fi
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
  echo "Installing Debian's Samba and OpenLDAP for the tests of directories ..."
  {
    $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
      --no-install-recommends samba samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind slapd
  } >/dev/null 2>&1
  for service in smbd nmbd winbind samba-ad-dc slapd; do
    $sudo systemctl disable --now "$service" || $sudo service "$service" stop
  done >/dev/null 2>&1
  here >/dev/null && exit 0
fi
echo "Samba and OpenLDAP are not here and can not be installed: the tests of directories will be skipped" \
  "(or fail, under CI=true)." >&2
exit 0
