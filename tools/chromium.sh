#!/usr/bin/env bash
# Installs Debian's chromium for the browser tests, where that is possible; else says what will be missing.
set -uo pipefail

command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo -n"; fi
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
  echo "Installing Debian's chromium for the browser tests ..."
  { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 && exit 0
fi
echo "chromium is not here and can not be installed: the browser tests will be skipped (or fail, under CI=true)." >&2
exit 0
