// npm run doctor. In JavaScript that Nodes of many years understand, and without any package: on a machine
// where TypeScript cannot run, this says why. Where it can, scripts/doctor.ts says the rest.
'use strict'

// biome-ignore lint/style/useNodejsImportProtocol: Node 12 does not know the prefix
const { readFileSync } = require('fs')
// biome-ignore lint/style/useNodejsImportProtocol: Node 12 does not know the prefix
const { join, sep } = require('path')

function main() {
  const { engines } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'))
  const least = engines.node.replace('>=', '')
  if (isBefore(process.versions.node, least)) {
    complain(
      'Node',
      `${process.versions.node} is too old: ${least} or later`,
      'nvm install 24, or https://nodejs.org',
    )
    return
  }
  // A loader takes what follows for something else, whatever else it says.
  if (sep === '/' && /[?\\]/.test(__dirname)) {
    const found = 'its path has ? or \\ in it, and TypeScript cannot be loaded from there'
    complain('this folder', found, 'give it another name, or put it elsewhere')
    return
  }
  process.once('uncaughtException', cannotLoad)
  import('../example/typescript.mjs').then(() => import('./doctor.ts')).catch(cannotLoad)
}

/** The packages are blamed only where they are to blame. */
function cannotLoad({ code, message, syscall, path = '' }) {
  const [reason] = String(message).trim().split('\n')
  const [what] = reason.split(' imported from ')
  const isOurs = !`${what} ${path}`.includes('node_modules') && !what.includes('package')
  if (code === 'ERR_MODULE_NOT_FOUND' && isOurs) complain('this folder', what, 'git restore .')
  else if (code === 'ERR_MODULE_NOT_FOUND') complain('npm packages', 'not installed', 'npm ci')
  else if (syscall !== undefined && isOurs) complain('this machine', reason, mayIt)
  else complain('npm packages', `cannot be used here: ${reason}`, 'npm ci')
}

const mayIt = 'see that you may read and write there, and that there is room'

/** 20.9.0 is before 20.20.2: number by number. */
function isBefore(version, other) {
  const [left, right] = [version, other].map((text) => text.split('.').map(Number))
  const at = left.findIndex((number, index) => number !== right[index])
  return at >= 0 && left[at] < right[at]
}

/** In the form of scripts/doctor/finding.ts. */
function complain(what, found, mend) {
  console.log(`✗ ${what.padEnd(14)}${found}\n${' '.repeat(16)}→ ${mend}`)
  console.log('\nThe rest can be looked at when this is mended.')
  process.exitCode = 1
}

main()
