// Hooks of Node's module loader that take the types away, whatever TypeScript can say, and keep nothing.
// The compiler is a process of its own, and Ctrl-C ends it with us: what may be needed after that is imported at the start.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transform, transformSync } from 'esbuild'

/** For `register`, which every Node has, on a thread of its own. */
export async function load(url, context, nextLoad) {
  if (!isTypeScript(url)) return nextLoad(url, context)
  return compiled(await transform(...sourceOf(url)))
}

/** For `registerHooks` of newer ones. */
export function loadSync(url, context, nextLoad) {
  if (!isTypeScript(url)) return nextLoad(url, context)
  return compiled(transformSync(...sourceOf(url)))
}

function isTypeScript(url) {
  return new URL(url).pathname.endsWith('.ts')
}

function sourceOf(url) {
  const sourcefile = fileURLToPath(url)
  const options = { loader: 'ts', format: 'esm', target: `node${process.versions.node}` }
  // Without white space, so that c8 finds none that nobody has run.
  const map = { sourcefile, sourcemap: 'inline', sourcesContent: false, minifyWhitespace: true }
  return [readFileSync(sourcefile, 'utf8'), { ...options, ...map }]
}

function compiled({ code }) {
  return { format: 'module', source: code, shortCircuit: true }
}
