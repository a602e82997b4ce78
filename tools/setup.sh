#!/usr/bin/env bash
# Makes .venv with everything in requirements/lock.txt: by uv, which is fetched where it is missing, else by pip.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv/.motoolkit-setup
wanted=$(cat requirements/*.txt pyproject.toml | sha256sum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
  exit 0
fi

find_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  echo "motoolkit needs Python 3.11, 3.12 or 3.13; none was found. On Debian: apt-get install python3 python3-venv." >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo "$@"; else return 1; fi
}

make_venv() {
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    { as_root apt-get update -qq && as_root apt-get install -y -qq python3-venv; } >/dev/null 2>&1 || {
      echo "Python's venv module is missing. Install it (apt-get install python3-venv) or uv, and try again." >&2
      exit 1
    }
  fi
  "$python" -m venv .venv
}

install_by_uv() {
  "$1" pip install --quiet --python .venv/bin/python --require-hashes -r requirements/lock.txt &&
    "$1" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
}

install_by_pip() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}

python=${PYTHON:-$(find_python)}
echo "Setting up .venv with $("$python" --version) (once; a minute or so) ..."
if command -v uv >/dev/null; then
  uv venv --quiet --allow-existing --python "$python" .venv
  install_by_uv uv
else
  make_venv
  # A twentieth of pip's time (measured); pip does it all the same where uv can not be had or finds no index.
  { .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt &&
    install_by_uv .venv/bin/uv; } 2>/dev/null || install_by_pip
fi
# What the wheel carries for JupyterLab and Voilà; an editable install leaves it where it is.
mkdir -p .venv/share/jupyter/voila/templates .venv/share/jupyter/labextensions .venv/share/jupyter/lab/settings/overrides.d
ln -sfn "$PWD/widgets/labextension" .venv/share/jupyter/labextensions/motoolkit
ln -sfn "$PWD/widgets/voila/motoolkit" .venv/share/jupyter/voila/templates/motoolkit
ln -sfn "$PWD/widgets/settings/overrides.json" .venv/share/jupyter/lab/settings/overrides.d/motoolkit.json
echo "$wanted" > "$stamp"
