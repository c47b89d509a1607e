import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { madeUpClassroom } from './made-up-classroom.ts'

const files = {
  'lessons/GLOSSARY.md':
    '# Words\n\n## Token\n\nSee [lesson 1](01-begin/README.md#try-it) and `code`.\n',
  'scripts/a.ts': "const a = '<b>'\n/* one\n   two */\n",
  '.env': 'JWT_SECRET=only-here\n',
  'data/x.json': '{}',
  'my/notes.md': '# Mine',
  'scripts/.hidden.ts': 'only-here',
  'scripts/node_modules/x.ts': 'only-here',
  'scripts/key.pem': 'only-here',
}

t.test('a file that a lesson links to', async (t) => {
  const { get } = madeUpClassroom(t, { files })
  t.test('a document is a page, and its links lead to pages', async (t) => {
    const { body } = await get('/file?path=lessons/GLOSSARY.md')
    t.match(body, '<h2 id="token">Token</h2>')
    t.match(
      body,
      'See <a href="&#x2F;lessons&#x2F;01-begin#try-it">lesson 1</a> and <code>code</code>.',
    )
  })
  t.test('code has the numbers of its lines, and colors', async (t) => {
    const { body } = await get('/file?path=scripts/a.ts')
    t.match(
      body,
      'id="L1"><span class="number">1</span><code><span class="hljs-keyword">const</span>',
    )
    t.match(body, '&#x27;&lt;b&gt;&#x27;')
    const two = '<code><span class="hljs-comment">   two */</span></code>'
    t.match(body, two, 'also where they go on from the line before')
  })
})

t.test('no other file is shown', async (t) => {
  const { root, get } = madeUpClassroom(t, { files })
  symlinkSync(join(root, '.env'), join(root, 'scripts/link.ts'))
  symlinkSync(join(root, 'data'), join(root, 'scripts/folder'))
  const others = [
    '',
    '.env',
    'data/x.json',
    'my/notes.md',
    'scripts',
    'scripts/',
    'scripts/none.ts',
    '/etc/passwd',
    'scripts/.hidden.ts',
    'scripts/node_modules/x.ts',
    'scripts/key.pem',
    'scripts/link.ts',
    'scripts/folder/x.json',
    'scripts/../.env',
    '../x.ts',
    'scripts/%2e%2e/.env',
    'scripts/a.ts%00',
    'scripts\\a.ts',
    'lessons//GLOSSARY.md',
  ]
  for (const path of others) {
    const { status, body } = await get(`/file?path=${path}`)
    t.equal(status, 404, path)
    t.notMatch(body, 'only-here')
  }
})

t.test('a diagram is drawn here: it loads nothing, and has a dark side', async (t) => {
  const text = '# A\n\n```mermaid\nflowchart LR\n  a["one <b>"] --> b\n```\n'
  const { get } = madeUpClassroom(t, { files: { 'lessons/A.md': text } })
  const { body } = await get('/file?path=lessons/A.md')
  const [, source = ''] = /<img class="diagram" src="([^"]+)"/.exec(body) ?? []
  const {
    status,
    headers,
    body: svg,
  } = await get(source.replaceAll('&#x2F;', '/').replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))
  t.equal(status, 200)
  t.equal(headers['content-type'], 'image/svg+xml; charset=utf-8')
  t.match(svg, /^<svg .*prefers-color-scheme: dark.*one &lt;b&gt;/s)
  t.notMatch(svg, /@import|url\(['"]?http/)
  t.equal((await get('/diagram?path=lessons/A.md&number=1')).status, 404)
  t.equal((await get('/diagram?path=.env&number=0')).status, 404)
})

t.test('a link of a document has no scheme that runs', async (t) => {
  const text =
    '[a](javascript:alert(1)) [b](https://example.org/) [c](data:text/html,x) [d](#there)\n'
  const { get } = madeUpClassroom(t, { files: { 'lessons/A.md': text } })
  const { body } = await get('/file?path=lessons/A.md')
  t.match(
    body,
    /<a href="">a<\/a> <a href="https:[^"]*">b<\/a> <a href="">c<\/a> <a href="#there">d<\/a>/,
  )
})
