import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exitCode, sayFindings } from './doctor/finding.ts'
import {
  browserFinding,
  folderFinding,
  lockFinding,
  nodeFinding,
  packagesFinding,
  portFinding,
  pythonFinding,
  recordsFinding,
  redisFinding,
  tapFinding,
  terminalFinding,
  watchFinding,
} from './doctor/findings.ts'
import {
  askPython,
  askVersion,
  keepsModesIn,
  lockIsRewritten,
  lookAtTerminal,
  portOf,
  readPackages,
  tapIsBuilt,
  troubleListening,
  troubleLoading,
  troubleWriting,
  writeAndWatch,
} from './doctor/probes.ts'
import { findChromium, findFirefox, findProgram, findPython } from './find-program.ts'

// npm run doctor: what this machine lacks, and the line that mends it. doctor.cjs starts it.

const root = fileURLToPath(new URL('..', import.meta.url))
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  engines: { node: string }
}
const portIn = (file: string, otherwise: number) => portOf(join(root, file), process.env, otherwise)
const ports = [
  { port: portIn('.env', 1337), start: 'npm start' },
  { port: portIn('.env.accounts', 8000), start: 'npm run start:accounts' },
  { port: portIn('.env.issuer', 8082), start: 'npm run start:issuer' },
  { port: 8083, start: 'npm run start:api' },
].slice(0, process.env.PORT ? 1 : 4) // the environment names one port for all

const [notLoaded, notListening, redis, chromium, firefox, python, scratch] = await Promise.all([
  troubleLoading('level'),
  Promise.all(ports.map(({ port }) => troubleListening(port))),
  askVersion(findProgram('redis-server')),
  askVersion(findChromium()),
  askVersion(findFirefox()),
  askPython(findPython()),
  writeAndWatch(root, 'my'),
])
const locked = readPackages(join(root, 'package-lock.json')) ?? {}
const installed = readPackages(join(root, 'node_modules/.package-lock.json'))

const findings = [
  nodeFinding(process.versions.node, engines.node.replace('>=', '')),
  packagesFinding(locked, installed, notLoaded),
  folderFinding('my', scratch.trouble),
  recordsFinding(troubleWriting(root, 'data'), keepsModesIn(root, 'data')),
  ...(scratch.trouble === undefined ? [watchFinding(scratch.seconds, scratch.watchTrouble)] : []),
  ...ports.map(({ port, start }, at) => portFinding(port, notListening[at], start)),
  ...lockFinding(lockIsRewritten(root)),
  tapFinding(tapIsBuilt(root)),
  redisFinding(redis),
  browserFinding('Chromium', chromium),
  browserFinding('Firefox', firefox),
  pythonFinding(python),
  terminalFinding(lookAtTerminal(process.env)),
]

console.log(sayFindings(findings))
process.exitCode = exitCode(findings)
