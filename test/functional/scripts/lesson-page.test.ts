import t from 'tap'
import { fenceProblems } from '../../../scripts/lessons/fences.ts'
import { hintProblems } from '../../../scripts/lessons/hints.ts'
import { builtinNames, wordsOf } from '../../../scripts/lessons/names.ts'
import { needsProblems, numberProblems } from '../../../scripts/lessons/order.ts'
import { pageProblems } from '../../../scripts/lessons/page.ts'
import { shellProblems } from '../../../scripts/lessons/shell.ts'
import { voiceProblems } from '../../../scripts/lessons/voice.ts'
import { sayProblem } from '../../../scripts/problem.ts'
import { parseLesson } from '../../../tutor/journey/course.ts'
import { page, pageText } from './made-up-lesson.ts'
import { problemsAre } from './problems-are.ts'

/** The page with something in another's place, which must be there. */
function changed(from: string | RegExp, to: string): string {
  const text = pageText.replace(from, to)
  if (text === pageText) throw new Error(`The page holds no ${from}`)
  return text
}

t.test('the shape of a page', async (t) => {
  const problems = (text: string) => pageProblems(page({ text })).map(({ what }) => what)

  t.test('the made-up lesson has it', async (t) => {
    t.same(problems(pageText), [])
    t.same(parseLesson(pageText).hints.length, 3, 'and the guide reads it so')
  })

  const broken: Array<[what: string, text: string, problem: RegExp]> = [
    ['too short', changed(/## What can go wrong.*$/s, ''), /has \d\d lines: .* 90 to 180/],
    ['too long', changed('One more', '\n'.repeat(90)), /has 1\d\d lines/],
    [
      'too long before the first step ends',
      changed('has a lock', 'lock '.repeat(300)),
      /^shows 3\d\d words to the end of First step: at most 300/,
    ],
    [
      'too long before the exercise ends',
      changed('Then `npm', `${'lock '.repeat(600)} \`npm`),
      /^shows 6\d\d words to the end of Your turn: at most 600/,
    ],
    [
      'too long in all',
      changed('One more', 'lock '.repeat(740)),
      /^shows \d\d\d words in all: at most 750/,
    ],
    ['another title', changed('# 2. Keys and', '# 2. Doors and'), /"# 2. Doors and locks" where/],
    ['another number', changed('# 2. ', '# 3. '), /where "# 2. Keys and locks" belongs/],
    ['a heading left out', changed('## Your turn', ''), /"## What can go wrong" where "## Your tu/],
    ['a heading renamed', changed('## Try it', '## Try'), /"## Try" where "## Try it" belongs/],
    ['a heading too many', changed('*Next', '## And more\n\n*Next'), /too many: "## And more"/],
    ['no goal', changed('After this lesson you can', 'You can'), /"After this lesson you can …."/],
    ['two sentences as goal', changed('open a lock with', 'open. With'), /in one sentence/],
    [
      'two hints',
      changed(/<details><summary>Hint 2.*?<\/details>/s, ''),
      /folds the hints "Hint 1/,
    ],
    ['a hint of another name', changed('Hint 2: a question', 'Hint 2: the answer'), /the answer/],
    ['hints elsewhere', changed('## Your turn', '## Your turn\n\n## Other'), /folds the hints ""/],
    ['no note', changed('When it passes', 'Afterwards'), /0 notes "When it passes"/],
    ['an empty note', changed('You opened it.', ''), /0 notes "When it passes"/],
    [
      'one question',
      changed(/<details><summary>Question: May A.*?<\/details>/s, ''),
      /asks 1 quest/,
    ],
    ['no question mark', changed('May Bob open it?', 'Bob opens it'), /no "Question: …\?"/],
    ['an answer without a test', changed(/No \(\[test.*/, 'No.'), /Bob open it\?" without a link/],
    [
      'a link that is no test',
      changed('functional/key.test.ts', 'key.ts'),
      /without a link to the t/,
    ],
    [
      'no copy named first',
      changed('my/02-keys', 'my/03-doors'),
      /my\/02-keys\/exercise.ts in First/,
    ],
    ['no line named first', changed('`firstStep`', 'it'), /name `firstStep` in First step/],
    [
      'no copy named',
      changed('copy in `my/02-keys', 'copy in `my/03-doors'),
      /name `my\/02-keys\/exercise.ts`/,
    ],
    ['no check named', changed('learn check 2', 'learn check 3'), /name `npm run learn check 2`/],
    ['no attack shown', changed('../../test/security/every-lock.test.ts', 'x.md'), /link one/],
    ['one RFC section', changed('#appendix-A', ''), /links 1 RFC sections/],
    ['the same section twice', changed('rfc7518#appendix-A', 'rfc7515#section-2'), /links 1 RFC/],
    ['no next lesson', changed(/\*Next.*/, ''), /ends with "", not with "\*Next: \[3. Doors\]/],
    [
      'another title of the next',
      changed('3. Doors', '3. Windows'),
      /not with "\*Next: \[3. Doors/,
    ],
    ['another folder of the next', changed('../03-doors', '../03-door'), /ends with .*03-door\//],
  ]
  for (const [what, text, problem] of broken)
    t.test(`${what}: a problem`, async (t) => {
      t.match(problems(text).join('\n'), problem)
    })

  t.test('a word more than a page may show is one too many', async (t) => {
    const longer = (words: number) => changed('has a lock', 'lock '.repeat(words))
    const [said] = problems(longer(400))
    const room = 400 - Number(/\d+/.exec(said ?? '')?.[0]) + 300
    t.same(problems(longer(room)), [])
    t.same(problems(longer(room + 1)).length, 1)
  })
  t.test('what is folded or code is not counted', async (t) => {
    t.same(problems(changed('You opened it.', 'lock '.repeat(800))), [])
    t.same(problems(changed('flowchart LR', 'lock '.repeat(800))), [])
    t.same(problems(changed('attacks: [', `attacks: [${'lock '.repeat(800)}`)), [])
  })

  t.test('the last lesson has no next one', async (t) => {
    problemsAre(t, pageProblems(page({ next: undefined })), [
      { what: /is the last lesson, but says/ },
    ])
    const text = changed(/\*Next.*/, '*Next: [the attacks](../README.md)*')
    t.same(pageProblems(page({ next: undefined, text })), [])
  })
  t.test('a next lesson that cannot be read has its own problem', async (t) => {
    const next = { number: 3, slug: '03-doors', title: undefined }
    t.same(pageProblems(page({ next })), [])
  })
})

t.test('the order', async (t) => {
  t.same(numberProblems(['01-keys', '02-two-doors', '03-j2']), [])
  for (const [what, slugs, problem] of [
    ['a gap', ['01-keys', '03-doors'], /^lessons\/03-doors: is where lesson 2 belongs/],
    ['a number twice', ['01-keys', '01-doors'], /^lessons\/01-doors: is where lesson 2/],
    ['from 0', ['00-keys'], /^lessons\/00-keys: is where lesson 1/],
    ['one digit', ['1-keys'], /^lessons\/1-keys: is named otherwise/],
    ['capitals', ['01-Keys'], /^lessons\/01-Keys: is named otherwise/],
  ] as const)
    t.test(`${what}: a problem`, async (t) => {
      t.match(numberProblems(slugs).map(sayProblem).join('\n'), problem)
    })

  t.test('a lesson needs earlier ones only, each once', async (t) => {
    const problems = (...needs: number[]) => needsProblems('a.md', { number: 3, needs })
    t.same(problems(1, 2), [])
    problemsAre(t, problems(3), [{ what: /needs lesson 3, which is not an earlier/ }])
    problemsAre(t, problems(0, 4), [{ what: /lesson 0/ }, { what: /lesson 4/ }])
    problemsAre(t, problems(2, 2), [{ what: /lesson 2 twice/ }])
  })
})

t.test('fences', async (t) => {
  const problems = (text: string) => fenceProblems('a.md', 2, text).map(sayProblem)
  const fence = (info: string, code = 'x\n') => `\`\`\`${info}\n${code}\`\`\`\n`
  const added = (info: string, code?: string) => problems(pageText + fence(info, code))

  t.test('those that a machine looks at, and drawings', async (t) => {
    t.same(problems(pageText), [])
    for (const info of ['console', 'console redis', 'sh', 'text', 'html file=a.html'])
      t.same(added(info), [])
    t.same(added('json', '{"alg":"HS256"}\n'), [])
    t.same(added('console demo', '$ npm run learn demo 02 a "b c"\n$ npm run learn demo 2\n'), [])
    t.same(added('ts file=a.ts', 'x\n'.repeat(15)), [])
  })
  for (const [what, info, code, problem] of [
    ['code of no file', 'ts', 'x\n', /looks at a fence ```ts: quote a file/],
    ['a request', 'http', 'GET /\n', /```http/],
    ['nothing said', '', 'x\n', /looks at a fence ```: /],
    ['16 lines', 'ts file=a.ts', 'x\n'.repeat(16), /16 lines of code: at most 15/],
    ['what is no JSON', 'json', '{a: 1}\n', /is no JSON/],
    [
      'the demo of another lesson',
      'console demo',
      '$ npm run learn demo 3\n',
      /"npm run learn demo 3/,
    ],
    ['another command', 'console demo', '$ node demo.ts\n', /runs "node demo.ts", which is not/],
    ['an answer without a question', 'console demo', 'opened\n', /begins otherwise than "\$ npm/],
  ] as const)
    t.test(`${what}: a problem`, async (t) => {
      t.match(added(info, code).join('\n'), problem)
    })
  t.test('four pieces of code: a problem', async (t) => {
    const three = fence('ts file=a.ts').repeat(3)
    problemsAre(t, problems(pageText + three), [/quotes 4 pieces of code: at most 3/])
  })
  t.test('no demonstration in Try it: a problem', async (t) => {
    const moved =
      changed('## Try it', '## Other') + fence('console demo', '$ npm run learn demo 2\n')
    problemsAre(t, problems(moved), [/no ```console demo in Try it/])
  })
})

t.test('names in hints', async (t) => {
  const words = new Set([
    ...wordsOf('export function open(lock) { lock.turn() }'),
    ...builtinNames(),
  ])
  const known = {
    name: (word: string) => words.has(word),
    path: (path: string) => ['exercise.ts', 'example/token/key.ts'].includes(path),
    script: (name: string) => name === 'learn',
  }
  const problems = (hint: string) =>
    hintProblems('a.md', changed('What does', `${hint} What does`), known).map(sayProblem)

  t.test('of the exercise, of node, of files and of commands are known', async (t) => {
    const hint =
      "`Buffer.from(lock, 'base64url')`, `node:crypto`, `timingSafeEqual`, `createHmac(lock).update(lock)`, `x => y.split('.')`, `401`, `eyJhbGciOiJ`"
    t.same(problems(hint), [])
  })
  t.test('in the other parts of the page are not looked at', async (t) => {
    t.same(hintProblems('a.md', changed('You opened it', '`verifyLock` opened it'), known), [])
  })
  for (const [hint, name] of Object.entries({
    'See `verifyLock(lock)`.': 'verifyLock',
    'See `lock.turnTwice`.': 'turnTwice',
    'See `turn64Times`.': 'turn64Times',
    'See `exercises.ts`.': 'exercises.ts',
    'See `example/token/keys.ts`.': 'example/token/keys.ts',
    'Type `npm run hint 2`.': 'npm run hint 2',
  }))
    t.test(`${hint} There is no such thing: a problem`, async (t) => {
      problemsAre(t, problems(hint), [
        new RegExp(`^a.md:\\d+: "Hint 2: a question" speaks of \`${name}\``),
      ])
    })
  t.test('a name that stands only in a comment is no name', async (t) => {
    t.same([...wordsOf('ab /* cd\n */ ef // gh')], ['ab', 'ef'])
    t.ok(wordsOf("fetch('https://example.org')").has('example'))
  })
})

t.test('commands to type', async (t) => {
  const known = {
    script: (name: string) => name === 'learn',
    path: (path: string) => path === 'test/a.test.ts',
  }
  const problems = (...lines: string[]) =>
    shellProblems('a.md', `\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`, known).map(sayProblem)

  t.test('that somebody can vouch for', async (t) => {
    t.same(
      problems(
        '# first this',
        'npm ci && npm test',
        'PORT=1338 A_B= npm start   # on another port',
        'npm run learn check 2',
        'npx tap test/a.test.ts',
        'node --import ./example/typescript.mjs test/a.test.ts',
        'node -p "1 + 1"',
      ),
      [],
    )
  })
  for (const [command, problem] of Object.entries({
    'npm run lern': /^a.md:2: there is no npm run lern/,
    'npm ci && npx tap test/b.test.ts': /there is no test\/b.test.ts/,
    'curl http://localhost:1337': /nobody can vouch for "curl http:/,
  }))
    t.test(`${command}: a problem`, async (t) => {
      t.match(problems(command).join('\n'), problem)
    })
})

t.test('voice', async (t) => {
  const problems = (text: string) => voiceProblems('a.md', text).map(sayProblem)

  t.test('the made-up lesson has it', async (t) => {
    t.same(problems(pageText), [])
  })
  t.test('code, links, quotations and other words are left alone', async (t) => {
    const text = [
      '`just` ``simply!`` a != b, [justice](easy.md) <https://example.org/easy!>',
      '> The RFC says: of course!',
      '```text\nobviously!\n```',
      'Adjust the easel. ![A picture](just.png)',
    ]
    t.same(problems(text.join('\n\n')), [])
  })
  const unwelcome = 'simply|Just|easy|easily|obviously|of course|of\ncourse|Open!|"Open!"|**Open!**'
  for (const words of unwelcome.split('|'))
    t.test(`"${words}": a problem`, async (t) => {
      problemsAre(t, problems(`One.\n\nIt is ${words} it.`), [/^a.md:3: says "/])
    })
})
