#!/bin/sh
# npm runs this after `npm ci`, in a checkout for development.
cd "$(dirname "$0")/.." || exit

# The checks before a commit. Without git there are no commits.
git config core.hooksPath .githooks 2>/dev/null || true

# tap compiles itself for the plugins in .taprc, and the run in which it does so finds no tests: do it now.
if [ -x node_modules/.bin/tap ]; then node_modules/.bin/tap build; fi
