import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import { temporaryFolder } from '../support/folder.ts'

interface Loader {
  load(url: string, context: object, next: () => void): Promise<{ source: string }>
  loadSync(url: string, context: object, next: () => void): { source: string }
}

/** A repository with nothing but our loader, and the name under which it keeps what it has compiled. */
async function repository(t: Test) {
  const root = temporaryFolder(t)
  for (const name of ['example', 'my', 'node_modules']) mkdirSync(join(root, name))
  const loaderFile = join(root, 'example/compile.mjs')
  copyFileSync(new URL('../../example/compile.mjs', import.meta.url), loaderFile)
  const esbuild = dirname(dirname(fileURLToPath(import.meta.resolve('esbuild'))))
  symlinkSync(esbuild, join(root, 'node_modules/esbuild'))
  const loader: Loader = await import(pathToFileURL(loaderFile).href)
  const cache = join(root, 'node_modules/.cache/typescript')
  const never = () => t.fail('somebody else was asked')
  return {
    kept: () => readdirSync(cache).map((name) => join(cache, name)),
    /** What a file with that text is compiled to, in both ways. */
    async compiled(file: string, text: string): Promise<string[]> {
      writeFileSync(join(root, file), text)
      const { href } = pathToFileURL(join(root, file))
      const [one, other] = [await loader.load(href, {}, never), loader.loadSync(href, {}, never)]
      return [one, other].map(({ source }) => source.replace(/\n?\/\/#.*\n?/, ''))
    },
  }
}

t.test('a file of ours is compiled once, and again when it has changed', async (t) => {
  const { compiled, kept } = await repository(t)
  t.same(await compiled('example/a.ts', 'let a: string'), ['let a;', 'let a;'])
  const [entry = '', ...others] = kept()
  t.same(others, [])
  writeFileSync(entry, readFileSync(entry, 'utf8').replace('let a;', 'let kept;'))
  t.same(await compiled('example/a.ts', 'let a: string'), ['let kept;', 'let kept;'])
  t.same(await compiled('example/a.ts', 'let b: string'), ['let b;', 'let b;'])
  t.same(kept(), [entry], 'the last of each file is kept, and nothing else')
})

t.test('what a power failure has cut short is compiled anew', async (t) => {
  const { compiled, kept } = await repository(t)
  await compiled('example/a.ts', 'let a: string')
  for (const text of ['', '{ "state": "', 'null']) {
    for (const entry of kept()) writeFileSync(entry, text)
    t.same(await compiled('example/a.ts', 'let a: string'), ['let a;', 'let a;'], text)
  }
})

t.test('of what a learner writes nothing is kept', async (t) => {
  const { compiled, kept } = await repository(t)
  t.same(await compiled('my/a.ts', 'let a: string'), ['let a;', 'let a;'])
  t.throws(kept, { code: 'ENOENT' })
})
