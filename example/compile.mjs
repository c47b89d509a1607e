// Hooks of Node's module loader that take the types away, whatever TypeScript can say. The compiler is a process of its own, and
// starts where something has changed. Ctrl-C ends it with us: what may be needed after that is imported at the start.
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What was made of each of our files stays beside the packages, never in the folder that all users share. */
const folder = join(root, 'node_modules/.cache/typescript')

/** For `register`, which every Node has, on a thread of its own. */
export async function load(url, context, nextLoad) {
  if (!isTypeScript(url)) return nextLoad(url, context)
  const source = sourceOf(url)
  if (source.kept !== undefined) return compiled(source.kept)
  const { transform } = await import('esbuild')
  return compiled(keep(source, await transform(source.text, source.options)))
}

/** For `registerHooks` of newer ones. */
export function loadSync(url, context, nextLoad) {
  if (!isTypeScript(url)) return nextLoad(url, context)
  const source = sourceOf(url)
  if (source.kept !== undefined) return compiled(source.kept)
  const { transformSync } = createRequire(import.meta.url)('esbuild')
  return compiled(keep(source, transformSync(source.text, source.options)))
}

function isTypeScript(url) {
  return new URL(url).pathname.endsWith('.ts')
}

function sourceOf(url) {
  const sourcefile = fileURLToPath(url)
  const text = readFileSync(sourcefile, 'utf8')
  const output = { loader: 'ts', format: 'esm', target: `node${process.versions.node}` }
  // Without white space, so that c8 finds none that nobody has run.
  const map = { sourcefile, sourcemap: 'inline', sourcesContent: false, minifyWhitespace: true }
  const options = { ...output, ...map }
  const place = join(folder, `${hashOf(sourcefile)}.json`)
  const state = hashOf(JSON.stringify([options, text]))
  const kept = isOurs(sourcefile) ? keptAt(place, state) : undefined
  return { sourcefile, text, options, place, state, kept }
}

/** Not what a learner writes, or a test: that is run once. */
function isOurs(path) {
  return path.startsWith(root) && !/^(?:my|\.\w+)[/\\]/.test(path.slice(root.length))
}

function keptAt(place, state) {
  try {
    const kept = JSON.parse(readFileSync(place, 'utf8'))
    return kept.state === state ? kept.code : undefined
  } catch {
    return undefined // there is none, or a power failure has cut it short
  }
}

function keep({ sourcefile, place, state }, { code }) {
  if (!isOurs(sourcefile)) return code
  const fresh = `${place}.${randomUUID()}` // others may be writing it, too
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(fresh, JSON.stringify({ state, code }))
    renameSync(fresh, place)
  } catch {
    // where nobody may write, nothing is kept
  }
  return code
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('base64url')
}

function compiled(source) {
  return { format: 'module', source, shortCircuit: true }
}
