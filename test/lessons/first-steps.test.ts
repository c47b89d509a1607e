// The first step of each lesson, tried with every answer that its type allows: one is right, and no other gives it away.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t from 'tap'
import { type Checks, runChecks } from '../../lessons/checks.ts'
import { readCourse } from '../../tutor/journey/course.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const generated = '06-secrets' // its answer is made, not chosen

/** What the first check of this lesson has against an answer; `undefined` where it passes. */
async function objection(slug: string, firstStep: string | undefined) {
  const { default: checks }: { default: Checks<{ firstStep: string | undefined }> } = await import(
    pathToFileURL(`${root}/lessons/${slug}/check.ts`).href
  )
  const [first = ['', () => undefined]] = Object.entries(checks)
  for await (const { failure } of runChecks(Object.fromEntries([first]), { firstStep }))
    return failure && JSON.stringify(failure)
  return 'there is no check'
}

for (const { slug } of readCourse(root).filter(({ slug }) => slug !== generated))
  t.test(`${slug}: one answer is right, and no wrong one gives it away`, async (t) => {
    const exercise = readFileSync(`${root}/lessons/${slug}/exercise.ts`, 'utf8')
    const [, type = ''] = /^export const firstStep: (.*) \| undefined/m.exec(exercise) ?? []
    const answers = [...type.matchAll(/'([^']+)'/g)].map(([, answer = '']) => answer)
    t.ok(answers.length >= 3, 'there is something to think about')
    const against = new Map<string, string>()
    for (const answer of answers) {
      const said = await objection(slug, answer)
      if (said !== undefined) against.set(answer, said)
    }
    const right = answers.filter((answer) => !against.has(answer))
    t.equal(right.length, 1, 'one answer passes')
    against.set('no answer', (await objection(slug, undefined)) ?? '')
    against.set('another one', (await objection(slug, 'something else')) ?? '')
    for (const [answer, said] of against) {
      t.not(said, '', `${answer}: refused`)
      t.notMatch(said.toLowerCase(), right[0]?.toLowerCase(), answer)
    }
  })

t.test(
  `${generated}: what a generator made passes, and what a person typed does not`,
  async (t) => {
    const secret = randomBytes(32).toString('base64url')
    t.equal(await objection(generated, secret), undefined)
    const wrong = [
      undefined,
      '',
      'change_this_key',
      `${secret}\n`,
      `${secret}=`,
      secret.slice(1),
      'abc'.repeat(15).slice(2),
    ]
    for (const typed of wrong) {
      const said = (await objection(generated, typed)) ?? ''
      t.not(said, '', `${typed}: refused`)
      t.notOk(typed && said.includes(typed.trim()), 'and not repeated')
    }
  },
)
