// npm run doctor. In JavaScript that Nodes of many years understand, and without any package: on a machine
// where TypeScript cannot run, this says why. Where it can, scripts/doctor.ts says the rest.
'use strict'

// biome-ignore lint/style/useNodejsImportProtocol: Node 12 does not know the prefix
const { readFileSync } = require('fs')
// biome-ignore lint/style/useNodejsImportProtocol: Node 12 does not know the prefix
const { join } = require('path')

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
  import('../example/typescript.mjs')
    .then(() => import('./doctor.ts'))
    .catch((error) => {
      const missing = error.code === 'ERR_MODULE_NOT_FOUND'
      const [reason] = String(error.message).trim().split('\n')
      const found = missing ? 'not installed' : `cannot be used here: ${reason}`
      complain('npm packages', found, 'npm ci')
    })
}

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
