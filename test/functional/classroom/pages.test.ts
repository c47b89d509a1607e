import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Verdict } from '../../../tutor/judge/verdict.ts'
import { answer, exercise, slugs, write } from '../tutor/made-up-course.ts'
import { progressOf } from '../tutor/made-up-guide.ts'
import { madeUpClassroom } from './made-up-classroom.ts'

const page = `/lessons/${slugs[0]}`
const file = `my/${slugs[0]}/exercise.ts`

t.test('the map says how far the learner is, and leads to every lesson', async (t) => {
  const { get, journey } = madeUpClassroom(t)
  journey.pass(journey.find('1'))
  const { status, body } = await get('/')
  t.equal(status, 200)
  t.match(body, '1 of 3 lessons passed.')
  for (const slug of slugs) t.match(body, `href="/lessons/${slug}"`)
  t.match(body, 'Go on: 2. Go on')
  journey.goTo(journey.find('1'))
  t.match((await get('/')).body, 'Go on: 2. Go on', 'from the one that has passed')
  journey.goTo(journey.find('3'))
  journey.pass(journey.find('3'))
  t.match((await get('/')).body, 'Go on: 2. Go on', 'and from the last one')
})

t.test('a lesson that is opened', async (t) => {
  t.test('has a copy for the learner, and the page of the lesson', async (t) => {
    const { root, get } = madeUpClassroom(t)
    const { status, body } = await get(page)
    t.equal(status, 200)
    t.equal(readFileSync(join(root, file), 'utf8'), exercise)
    t.match(body, /<h1 id="1-begin">1\. Begin<\/h1>\n<p>After this lesson you can/)
    t.equal(progressOf(root).current, slugs[0])
  })

  t.test('keeps hints, and what is told after passing, to itself', async (t) => {
    const { until, get } = madeUpClassroom(t)
    await until(page, 'doubles a number')
    const { body } = await get(page)
    for (const later of ['What is two times two?', 'You have done number 1.'])
      t.notMatch(body, later)
  })

  t.test('is judged at once, and at every save', async (t) => {
    const { root, until } = madeUpClassroom(t)
    const body = await until(page, '1 of 3 checks pass.')
    t.match(body, '<span class="unseen">failed: </span>doubles a number')
    t.match(body, '<dt>answer</dt><dd><pre translate="no">2</pre></dd>')
    t.match(body, /marked"><span class="number">8<\/span><code> {2}assert\.equal\(double\(2\), 4/)
    write(root, file, answer)
    const passed = await until(page, 'All 3 checks pass.')
    t.notMatch(passed, 'Your copy is ready', 'which was said of the copy before')
    t.match(passed, 'You have done number 1.')
    t.match(passed, `<a class="button" href="/lessons/${slugs[1]}">Next: 2. Go on</a>`)
    t.equal(progressOf(root).lessons[slugs[0]], 'passed')
  })
})

t.test('what the learner wrote is shown as text, whatever it is', async (t) => {
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)>\u202e'
  const shown =
    '&lt;script&gt;alert(1)&lt;&#x2F;script&gt;&lt;img src&#x3D;x onerror&#x3D;alert(2)&gt;\\u202e'
  const cases: Record<string, string> = {
    'in an answer': `export const double = (): any => ${JSON.stringify(hostile)}\n`,
    'in an error': `export function double(): never { throw new Error(${JSON.stringify(hostile)}) }\n`,
    'in the lines around it': `export function double() { throw Error() } // ${hostile}\n`,
  }
  for (const [where, text] of Object.entries(cases))
    t.test(where, async (t) => {
      const { until } = madeUpClassroom(t, { files: { [file]: text } })
      const body = await until(page, shown)
      t.notMatch(body, hostile)
      t.notMatch(body, '<script>')
    })
})

t.test('the buttons', async (t) => {
  t.test('hints come one by one', async (t) => {
    const { press, get } = madeUpClassroom(t)
    const { status, headers } = await press(`${page}/hint`)
    t.strictSame([status, headers.location], [303, `${page}#yours`])
    const { body } = await get(page)
    t.match(body, /Hint 1 of 3: what you are looking at<\/h3>\n<p>Look at <code>double/)
    t.notMatch(body, 'What is two times two?')
    for (let more = 0; more < 3; more += 1) await press(`${page}/hint`)
    t.match((await get(page)).body, 'There are no more hints.')
  })

  t.test('a new copy, beside which the attempt is kept', async (t) => {
    const { root, press, get, until } = madeUpClassroom(t, { files: { [file]: answer } })
    await until(page, 'All 3 checks pass.')
    await press(`${page}/reset`)
    t.equal(readFileSync(join(root, file), 'utf8'), exercise)
    t.match(
      (await get(page)).body,
      /Your attempt is kept as my&#x2F;01-begin&#x2F;exercise\.old-1\.ts\./,
    )
  })

  t.test('checked once more, and answered when that is done', async (t) => {
    let judged = 0
    const { press, get } = madeUpClassroom(t, {
      judge: async () => {
        judged += 1
        return {
          kind: 'broken',
          broke: { how: 'killed' },
          names: [],
          text: '',
          printed: `${judged}`,
        }
      },
    })
    await get(page)
    await press(`${page}/check`)
    t.match((await get(page)).body, '<pre class="output">2</pre>')
  })

  t.test('the demonstration, and what it printed', async (t) => {
    const { press, get } = madeUpClassroom(t)
    await press(`${page}/demo`)
    t.match((await get(page)).body, '<pre class="output columns" tabindex="0">a demo []</pre>')
  })

  t.test('are not pressed by other sites', async (t) => {
    const { root, send } = madeUpClassroom(t)
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://mallory.example' }
    for (const button of ['check', 'hint', 'reset', 'demo'])
      t.equal((await send('POST', `${page}/${button}`, foreign)).status, 403, button)
    t.strictSame(progressOf(root).lessons, {})
  })
})

t.test('what another site can do', async (t) => {
  const foreign = { 'sec-fetch-site': 'cross-site' }
  t.test('lead here by a link: the page is shown, and nothing begins yet', async (t) => {
    const { root, send } = madeUpClassroom(t)
    const headers = { ...foreign, 'sec-fetch-mode': 'navigate' }
    const { status, body } = await send('GET', page, headers)
    t.equal(status, 200)
    t.match(body, 'Not checked yet')
    t.equal((await send('GET', `${page}/live`, headers)).status, 403, 'nor in a frame')
    t.notOk(existsSync(join(root, file)))
  })
  t.test('and nothing else: no picture, script or stream', async (t) => {
    const { root, send } = madeUpClassroom(t)
    for (const site of ['cross-site', 'same-site'])
      for (const url of ['/', page, `${page}/live`, '/file?path=lessons/GLOSSARY.md', '/live.js']) {
        const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }
        t.equal((await send('GET', url, headers)).status, 403, url)
      }
    t.notOk(existsSync(join(root, file)))
  })
})

t.test('both answers, side by side, once the learner has one', async (t) => {
  const { root, get, until } = madeUpClassroom(t)
  t.equal((await get(`${page}/compare`)).status, 404)
  await until(page, '1 of 3 checks pass.')
  write(root, file, answer)
  t.match(await until(page, 'All 3 checks pass.'), `href="${page}/compare"`)
  const { body } = await get(`${page}/compare`)
  t.match(body, /<span class="line removed"><span class="number">−<\/span><code>.*n \* 2<\/code>/)
  t.match(body, /<span class="line added"><span class="number">\+<\/span><code>.*n \+ n<\/code>/)
})

t.test('pages for this learner alone', async (t) => {
  const { get } = madeUpClassroom(t)
  t.test('are answered under no other name: a domain may point to this machine', async (t) => {
    t.equal((await get('/', { host: 'mallory.example' })).status, 421)
  })
  t.test('are kept by nobody, and run one script of ours', async (t) => {
    const { headers } = await get(page)
    t.equal(headers['cache-control'], 'no-store')
    t.match(
      headers['content-security-policy'],
      /^default-src 'none'; .*; script-src 'self'; connect-src 'self'$/,
    )
    const script = (await get('/live.js')).headers
    t.equal(script['content-type'], 'text/javascript; charset=utf-8')
    t.equal(script['cache-control'], 'no-store', 'an update of the course comes with its script')
  })
  t.test('are shown in the frame of an editor, which is a page in a workspace alone', async (t) => {
    const around = async (forwardedHost?: string) => {
      const { get } = madeUpClassroom(t, { forwardedHost })
      const { headers } = await get('/')
      return /frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy']))?.[1]
    }
    const editors = 'vscode-webview: vscode-file:'
    t.equal(await around(), editors)
    t.equal(
      await around('ada-1340.app.github.dev'),
      `${editors} https://*.github.dev https://*.vscode-cdn.net`,
    )
  })
  t.test('of what is not there: 404', async (t) => {
    for (const url of ['/lessons/04-nothing', '/lessons/..', '/my', '/lessons/04-nothing/live'])
      t.equal((await get(url)).status, 404, url)
    const { headers } = await get('/nothing')
    t.match(
      headers['content-security-policy'],
      'frame-ancestors vscode-webview:',
      'in an editor, too',
    )
  })
})

t.test('files that cannot be used are named, with the way out', async (t) => {
  t.test('a folder where the copy should be', async (t) => {
    const { until } = madeUpClassroom(t, { files: { [`${file}/x`]: '' } })
    t.ok(await until(page, 'exercise.ts: a folder stands where a file should be.'))
  })
  t.test('a damaged progress is kept aside', async (t) => {
    const { root, get } = madeUpClassroom(t)
    write(root, 'my/progress.json', '{')
    t.match((await get('/')).body, 'my&#x2F;progress.json could not be read. It is kept as')
  })
})

t.test('whatever becomes of an exercise, the page says it as the guide does', async (t) => {
  const judged = { text: exercise, printed: '' }
  const syntax = { line: 3, column: 1, message: "'}' expected.", isSyntax: true } as const
  const cases: Array<[verdict: Verdict, standing: string, said: string]> = [
    [
      { kind: 'types', problems: [syntax], ...judged },
      'TypeScript comes first.',
      'cannot be read: something is wrong at or before line 3',
    ],
    [
      { kind: 'broken', broke: { how: 'late', seconds: 10 }, names: [], ...judged },
      'It did not come to its end.',
      'did not end within 10 seconds. Look for a loop',
    ],
    [
      {
        kind: 'passed',
        results: [{ name: 'one', remark: '1 of 2' }],
        ...judged,
        printed: 'much\n'.repeat(9),
      },
      'All 1 checks pass.',
      '<pre class="remark">1 of 2</pre>',
    ],
  ]
  for (const [verdict, standing, said] of cases)
    t.test(said, async (t) => {
      const { until } = madeUpClassroom(t, { judge: async () => verdict })
      t.match(await until(page, standing), said)
    })
})
