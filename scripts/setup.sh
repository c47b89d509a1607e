#!/bin/sh
# Installs what the tests need besides node: a Redis server, two browsers, Chromium and Firefox, and two
# libraries for tokens in Python, each only when it is missing.
# Where it may not install, or does not know how, it prints the line to run by hand and succeeds:
# the tests that need a program are then skipped, visibly; those of Python fail. With CI=true nothing may be skipped,
# so there it fails instead.
set -eu
cd "$(dirname "$0")/.."

# Ubuntu's chromium-browser may be a stub that only asks for the snap: being there is not enough.
works() { command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1; }

has_browser() {
  for program in "${CHROMIUM_PATH:-}" chromium-headless-shell chromium chromium-browser google-chrome \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    if works "$program"; then return 0; fi
  done
  return 1
}

has_firefox() {
  for program in "${FIREFOX_PATH:-}" firefox-esr /Applications/Firefox.app/Contents/MacOS/firefox; do
    if works "$program"; then return 0; fi
  done
  return 1
}

has_python() { "${PYTHON_PATH:-/usr/bin/python3}" -c 'import jwt, jwcrypto' >/dev/null 2>&1; }

by_hand() {
  echo "$1 To install what is missing, run:"
  echo "  $2"
  if [ "${CI:-}" = true ]; then exit 1; fi
  echo 'Until then the tests that need it are skipped, and those of Python fail.'
  exit 0
}

redis='' browser='' firefox='' python='' ubuntu='' sudo=''
works redis-server || redis=yes
has_browser || browser=yes
has_firefox || firefox=yes
has_python || python=yes
if [ -z "$redis$browser$firefox$python" ]; then
  echo 'Redis, a Chromium browser, Firefox, PyJWT and jwcrypto are here: nothing to install.'
  exit 0
fi

if [ "$(uname)" = Darwin ]; then
  # Chrome, since Homebrew's chromium is not signed and macOS refuses to open it.
  packages="${redis:+ redis}${browser:+ google-chrome}${firefox:+ firefox}"
  if [ -n "$packages" ]; then
    if ! command -v brew >/dev/null 2>&1; then
      by_hand 'Homebrew (https://brew.sh) is not here.' "brew install$packages"
    fi
    echo "Installing with Homebrew:$packages"
    # shellcheck disable=SC2086 # a list of names
    brew install$packages || by_hand 'Homebrew could not install it.' "brew install$packages"
  fi
  [ -z "$python" ] ||
    by_hand 'Homebrew has no libraries for Python.' "/usr/bin/python3 -m pip install --user 'pyjwt[crypto]' jwcrypto"
  exit 0
fi

# On Ubuntu, apt's browsers are snaps, which cannot reach the temporary files that tests give them.
if grep -qs '^ID=ubuntu' /etc/os-release; then ubuntu=yes; fi

packages="${redis:+ redis-server}${python:+ python3-jwt python3-jwcrypto}"
if [ -z "$ubuntu" ]; then packages="$packages${browser:+ chromium-headless-shell}${firefox:+ firefox-esr}"; fi
if [ -n "$packages" ]; then
  install="apt-get install -y --no-install-recommends$packages"
  line="sudo apt-get update && sudo $install"
  if ! command -v apt-get >/dev/null 2>&1; then
    by_hand 'Only apt-get and Homebrew are known here; others have similar names.' "$line"
  fi
  [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
  $sudo true 2>/dev/null ||
    by_hand 'Only root may install, and sudo is missing or wants a password.' "$line"
  echo "Installing with apt-get:$packages"
  # shellcheck disable=SC2086 # two commands, as lists of words
  { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive $install; } ||
    by_hand 'apt-get could not install it.' "$line"
fi

if [ -n "$ubuntu" ] && [ -n "$browser$firefox" ]; then
  deb=google-chrome-stable_current_amd64.deb
  chrome_line="curl -fO https://dl.google.com/linux/direct/$deb && sudo apt-get install -y ./$deb"
  firefox_line='sudo add-apt-repository -y ppa:mozillateam/ppa && sudo apt-get install -y firefox-esr'
  by_hand 'On Ubuntu the tests want browsers that are no snaps.' \
    "${browser:+$chrome_line}${browser:+${firefox:+
  }}${firefox:+$firefox_line}"
fi
