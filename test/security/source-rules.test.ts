// S14, S43, S128, S130: rules that hold for the whole of example/, read from its source.
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

const root = new URL('../../', import.meta.url)
const files = readdirSync(new URL('example/', root), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: withoutComments(read(`example/${name}`)) }))

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

function withoutComments(source: string): string {
  return source.replace(/\/\*.*?\*\//gs, '').replace(/(?<=^|\s)\/\/ .*$/gm, '')
}

function filesWith(pattern: RegExp): string[] {
  return files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
}

/** What must not be in the code, and why. */
const forbidden: Record<string, RegExp> = {
  'Math.random: whoever saw some of its numbers knows the next': /\bMath\.random\b/,
  'eval: text of others must never become code': /\beval\s*\(/,
  'new Function: nor in this way': /\bnew Function\b/,
  'node:vm: nor in this one': /node:vm\b/,
  'child_process: nor a command': /\bchild_process\b/,
  'the type any: it turns the checks of the compiler off': /[:<,|]\s*any\b|\bas any\b|Array<any>/,
  'a comment that turns the compiler off': /@ts-(?:ignore|nocheck|expect-error)/,
  'jwt.decode: it proves nothing and looks as if it did': /\bjwt\.decode\b|\bdecodeJwt\b/,
  'innerHTML or three braces: text of others must be escaped in pages': /innerHTML|\{\{\{/,
  'Object.assign of what others sent: it follows __proto__':
    /\bObject\.assign\((?!own, securityHeaders, headers\))/,
  'md5 or sha1': /['"](?:md5|sha1)['"]/i,
  'default for the secret': /JWT_SECRET\s*(?:\?\?|\|\|)\s*['"`]/,
}

for (const [what, pattern] of Object.entries(forbidden))
  t.test(`no ${what}`, async (t) => t.strictSame(filesWith(pattern), []))

t.test('the scan can see: it finds what is there', async (t) => {
  t.ok(files.length > 30, `${files.length} files`)
  t.strictSame(filesWith(/\btimingSafeEqual\b/), [
    'issuer/client-token.ts',
    'sessions/credentials.ts',
  ])
  t.ok(filesWith(/\brandomUUID\(\)/).includes('sessions/session.ts'))
})

t.test('passwords and secrets are compared by timingSafeEqual, never by ===', async (t) => {
  const secret = /\b(?:password|secret|signature|digest|mac)\b/i
  const compared = /([\w.]+)\s*[!=]==?\s*([\w.]+)/g
  const found = files.flatMap(({ name, text }) =>
    [...text.matchAll(compared)]
      .filter(([, left = '', right = '']) => secret.test(left) || secret.test(right))
      .filter(([, , right = '']) => right !== 'undefined')
      .map(([match]) => `${name}: ${match}`),
  )
  // All ask whether the settings still hold the published account; no request takes part.
  t.strictSame(found.sort(), [
    'sessions/config.ts: DEMO_PASSWORD === demoAccount.password',
    'sessions/config.ts: password === demoAccount.password',
  ])
})

t.test('the pages escape all that is put into them, and hold no script', async (t) => {
  const views = new URL('example/sessions/views/', root)
  for (const name of readdirSync(views).filter((name) => name.endsWith('.html'))) {
    const page = readFileSync(new URL(name, views), 'utf8')
    t.notMatch(page, /\{\{\{|\{\{&/, `${name}: no unescaped text`)
    t.notMatch(
      page,
      /<script|<style|\son\w+=|\sstyle=|javascript:/i,
      `${name}: no script, no style`,
    )
    t.notMatch(page, /(?:src|href|action)="(?:https?:)?\/\//, `${name}: nothing from elsewhere`)
  }
})

interface LockFile {
  packages: Record<
    string,
    { version?: string; resolved?: string; integrity?: string; dev?: boolean }
  >
}

function atLeast(version = '0.0.0', floor = '0.0.0'): boolean {
  const [have, need] = [version, floor].map((text) => text.split('.').map(Number))
  const place = have?.findIndex((number, index) => number !== need?.[index]) ?? -1
  return place === -1 || (have?.[place] ?? 0) > (need?.[place] ?? 0)
}

t.test('the lock file holds the libraries in which known holes are mended', async (t) => {
  const { packages } = JSON.parse(read('package-lock.json')) as LockFile
  const floors: Record<string, string> = { jsonwebtoken: '9.0.3', jws: '4.0.1', jose: '6.2.0' }
  for (const [name, floor] of Object.entries(floors)) {
    const { version } = packages[`node_modules/${name}`] ?? {}
    t.ok(atLeast(version, floor), `${name} ${version} is ${floor} or later`)
  }
  const copies = Object.keys(packages).filter((path) =>
    /node_modules\/(?:jsonwebtoken|jose)$/.test(path),
  )
  t.strictSame(copies.sort(), ['node_modules/jose', 'node_modules/jsonwebtoken'], 'one of each')
  t.ok(atLeast(/\d[\d.]+/.exec(JSON.parse(read('package.json')).engines.node)?.[0], '20.20.2'))
})

t.test('every package of a lock file is pinned to its content', async (t) => {
  for (const file of ['package-lock.json', 'bench/package-lock.json']) {
    const { packages } = JSON.parse(read(file)) as LockFile
    const loose = Object.entries(packages)
      .filter(([path, { integrity }]) => path !== '' && !integrity?.startsWith('sha512-'))
      .map(([path]) => path)
    t.strictSame(loose, [], file)
  }
})
