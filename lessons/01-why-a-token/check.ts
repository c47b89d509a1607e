import assert from 'node:assert/strict'
import type { Checks } from '../checks.ts'
import { call } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import type * as solution from './solution.ts'

type Lesson = typeof solution
type Situation = keyof Lesson['choices']

const token = 'mF_9.B5f-4.1JqM' // the example of RFC 6750 §2.1: a bearer token need not be a JWT

const answers: Parameters<typeof takesFirstStep<NonNullable<Lesson['firstStep']>>>[1] = {
  session: {
    thinkAgain:
      'three pages took three look-ups with it. What was looked up, and where is that now?',
  },
  jwt: 'right',
  both: {
    thinkAgain:
      'one row of the demonstration says what each of them needs from the records. Which row?',
  },
  neither: {
    thinkAgain: 'a second server, which has no record of Ada, knew her by one of them. How?',
  },
}

/** What speaks against a choice. A choice that nothing speaks against is accepted. */
const against: Record<Situation, Partial<Record<Lesson['choices'][Situation], string>>> = {
  blog: {
    jwt: 'nobody but its issuer checks it, so the signature buys little, and nothing takes it back',
    neither: 'each request must say who sent it, because HTTP remembers nobody',
  },
  teams: {
    session: 'all twelve would have to ask one store, at every request, whose id this is',
    neither: 'each of the twelve must be able to check who asks',
  },
  dismissal: {
    jwt: 'its signature holds until it expires; with a record looked up each time, it is a session',
    neither: 'the server cannot refuse somebody whom it does not know',
  },
  phone: { neither: 'each request must say who sent it, because HTTP remembers nobody' },
  form: {
    jwt: 'signed is not encrypted, so whoever holds it reads the answers; and a header has no room for a long form',
    neither: 'something must say, on every page, whose answers these are',
  },
  robot: {
    session: 'the company would have to ask you, each time, whose id this is',
    neither: 'the company has to check who this is, and has a key to check signatures with',
  },
  cafe: {
    session: 'whoever listens in reads the id as well, and can use it',
    jwt: 'signed is not encrypted: whoever listens in reads the token as well, and can use it',
  },
  newsletter: { session: 'nobody signs in, so there is no session that a click could belong to' },
}

export default {
  'first step: who is known when the records are lost'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },
  'reads the token after the scheme'({ readBearer }) {
    const header = `Bearer ${token}`
    assert.equal(answer(readBearer, header), token, call('readBearer', header))
  },
  'takes the scheme in any case, and more than one space'({ readBearer }) {
    for (const header of [`bearer ${token}`, `BEARER${' '.repeat(9)}${token}`, `bEaReR ${token}`])
      assert.equal(answer(readBearer, header), token, call('readBearer', header))
  },
  'returns undefined where no bearer token came'({ readBearer }) {
    for (const header of [undefined, 'Bearer', token, `Bearer${token}`, 'Basic YWRhOmFkYQ=='])
      assert.equal(answer(readBearer, header), undefined, call('readBearer', header))
  },
  'takes none where two came'({ readBearer }) {
    const spaced = `Bearer ${token} ${token}`
    const listed = `Bearer ${token},${token}`
    const mixed = `Basic YWRhOmFkYQ==, Bearer ${token}`
    for (const header of [spaced, listed, mixed])
      assert.equal(answer(readBearer, header), undefined, call('readBearer', header))
  },
  'takes as a token what the grammar calls one, and nothing else'({ readBearer }) {
    for (const good of ['a~b+c/d==', '7', '-._===='])
      assert.equal(answer(readBearer, `Bearer ${good}`), good, call('readBearer', `Bearer ${good}`))
    const others = [...'\t!"#$%&\'()*,:;<>?@[\\]^`{|}é'].map((letter) => `Bearer a${letter}b`)
    const spaced = [` Bearer ${token}`, `Bearer ${token} `, `Bearer ${token}\n`, `Bearer\t${token}`]
    for (const bad of [...others, ...spaced, 'Bearer a=b', 'Bearer =='])
      assert.equal(answer(readBearer, bad), undefined, call('readBearer', bad))
  },
  'sorts the eight situations'({ choices }) {
    const objections = objectionsTo({ ...choices })
    const [first, ...others] = objections
    const more = others.length === 0 ? '' : ` (${others.length} more after this one)`
    assert.ok(objections.length === 0, `${first}${more}`)
  },
} satisfies Checks<Lesson>

/** A sentence for each choice that something speaks against. */
function objectionsTo(choices: Readonly<Record<string, string>>): string[] {
  return Object.entries(against).flatMap(([situation, reasons]) => {
    const choice = choices[situation]
    if (choice === undefined) return `choices.${situation} is missing`
    const all: Record<string, string> = { session: '', jwt: '', neither: '', ...reasons }
    const reason = all[choice] ?? 'it is not one of session, jwt and neither'
    return reason === '' ? [] : `choices.${situation} is '${choice}'. Against it: ${reason}`
  })
}

/** What it returned, or what it threw. */
function answer(readBearer: Lesson['readBearer'], header: string | undefined): unknown {
  try {
    return readBearer(header)
  } catch (error) {
    return `it threw ${error}`
  }
}
