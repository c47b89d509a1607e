import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

// Checks what the documents claim: links lead somewhere, code that names a file equals that file,
// commands exist, and the terminal sessions shown are what a running server answers today.

const root = fileURLToPath(new URL('..', import.meta.url))
const documents = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
})
  .toString()
  .trim()
  .split('\n')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const shownAddress = 'http://localhost:1337'
const problems: string[] = []

for (const document of documents) {
  const text = read(document)
  checkLinks(document, text)
  checkCommands(document, text)
  checkQuotedFiles(document, text)
}
await checkTerminalSessions()

for (const problem of problems) console.error(problem)
console.log(`${documents.length} documents checked, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Every relative link leads to a file, and to a heading where it names one. */
function checkLinks(document: string, text: string): void {
  for (const [, target = ''] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? document : normalize(join(dirname(document), path))
    if (!existsSync(join(root, file)))
      problems.push(`${document}: the link ${target} leads nowhere`)
    else if (anchor !== undefined && !anchors(read(file)).includes(anchor))
      problems.push(`${document}: ${file} has no heading #${anchor}`)
  }
}

/** Every `npm run …` and every path of ours in code type exists. */
function checkCommands(document: string, text: string): void {
  for (const [, name = ''] of text.matchAll(/npm run ([a-z:-]+)/g))
    if (!Object.hasOwn(scripts, name)) problems.push(`${document}: there is no npm run ${name}`)
  for (const [, path = ''] of text.matchAll(/`((?:example|test|bench|scripts)\/[\w./-]+)`/g))
    if (!existsSync(join(root, path))) problems.push(`${document}: there is no ${path}`)
}

/** A fence such as ```ts file=example/token/verify.ts shows lines that stand in that file. */
function checkQuotedFiles(document: string, text: string): void {
  for (const [, path = '', code = ''] of text.matchAll(/^```\w+ file=(\S+)\n(.*?)^```/gms))
    if (!read(path).includes(code.trim())) problems.push(`${document}: ${path} reads differently`)
}

/** A ```console fence is typed into a shell beside a running server; `…` stands for what varies. */
async function checkTerminalSessions(): Promise<void> {
  const sessions = documents.flatMap((document) =>
    [...read(document).matchAll(/^```console\n(.*?)^```/gms)].map(([, text = '']) => ({
      document,
      text,
    })),
  )
  if (sessions.length === 0) return
  const server = await startServer()
  for (const { document, text } of sessions) {
    const steps = text.split(/^\$ /m).slice(1)
    const script = steps
      .map(
        (step) => `${step.split('\n', 1)[0]?.replaceAll(shownAddress, server.url)}; echo; echo @@`,
      )
      .join('\n')
    const answers = execFileSync('bash', ['-c', script]).toString().split('@@')
    steps.forEach((step, index) => {
      const shown = step.split('\n').slice(1).join('\n').trim()
      const real = (answers[index] ?? '').replaceAll('\r', '').trim()
      if (!pattern(shown).test(real))
        problems.push(`${document}: shows\n${shown}\nbut the server answers\n${real}`)
    })
  }
  server.stop()
}

function pattern(shown: string): RegExp {
  const literal = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('[^\\n]*')}$`)
}

async function startServer(): Promise<{ url: string; stop(): void }> {
  const { PATH = '', HOME = '' } = process.env
  const tsx = `--import=${import.meta.resolve('tsx')}`
  const child = spawn(process.execPath, [tsx, join(root, 'example/sessions/server.ts')], {
    cwd: tmpdir(), // not where the reader keeps a .env
    env: { PATH, HOME, PORT: '0', STORE_URL: 'memory:', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const chunk of child.stdout) {
    const url = /Ready at (http\S+)/.exec(String(chunk))?.[1]
    if (url !== undefined) return { url, stop: () => child.kill() }
  }
  throw new Error('Cannot check the terminal sessions: the server did not start')
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '')
}

/** The anchors that headings get: lower case, punctuation dropped, spaces to hyphens. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
