// npm runs this after `npm ci`, in a checkout for development. In JavaScript, without packages and on every
// system: they may be missing, and Windows has no sh. It never fails.
'use strict'

const { spawnSync } = require('node:child_process')
const { existsSync, realpathSync } = require('node:fs')
const { join } = require('node:path')

const root = realpathSync.native(join(__dirname, '..'))
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8', windowsHide: true })

// The checks before a commit. Without git there are no commits, and a copy inside another repository
// must not change the hooks of that one.
const top = (git('rev-parse', '--show-toplevel').stdout || '').trim()
if (top !== '' && existsSync(top) && realpathSync.native(top) === root)
  git('config', 'core.hooksPath', '.githooks')

// tap compiles itself for the plugins in .taprc, and the run in which it does so finds no tests: do it now.
const tap = join(root, 'node_modules/tap/dist/esm/run.mjs')
if (existsSync(tap)) spawnSync(process.execPath, [tap, 'build'], { cwd: root, stdio: 'inherit' })
