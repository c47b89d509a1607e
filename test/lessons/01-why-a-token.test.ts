import { readFileSync } from 'node:fs'
import t from 'tap'
import checks from '../../lessons/01-why-a-token/check.ts'
import * as exercise from '../../lessons/01-why-a-token/exercise.ts'
import * as solution from '../../lessons/01-why-a-token/solution.ts'
import { lineInChecks, placesIn } from '../../tutor/pages/excerpt.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'
import { failureOf, learnersRead } from './what-learners-read.ts'

const { choices, firstStep } = solution

const right = {
  'one regular expression': solution,
  'cut at the first space, and no regular expression': {
    firstStep,
    readBearer(header = '') {
      const space = header.indexOf(' ')
      if (header.slice(0, space).toLowerCase() !== 'bearer') return undefined
      let end = header.length
      let start = space
      while (header[start] === ' ') start += 1
      while (header[end - 1] === '=') end -= 1
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/'
      const known = [...header.slice(start, end)].every((letter) => letters.includes(letter))
      return known && end > start ? header.slice(start) : undefined
    },
    choices: { ...choices, newsletter: 'jwt' as const },
  },
  'split into pieces, then look at each': {
    firstStep,
    readBearer(header: string | undefined) {
      const [scheme, token, ...rest] = (header ?? '').split(/ +/)
      if (scheme?.toLowerCase() !== 'bearer' || token === undefined || rest.length > 0) return
      return /^[\w.~+/-]+=*$/.test(token) ? token : undefined
    },
    choices: { ...choices, phone: 'jwt' as const },
  },
}

const wrong = {
  'first step: who is known when the records are lost': {
    ...solution,
    firstStep: 'both' as const,
  },
  'reads the token after the scheme': {
    ...solution, // the whole match, and not its first group
    readBearer: (header = '') => /^bearer +([\w.~+/-]+=*)$/i.exec(header)?.[0],
  },
  'takes the scheme in any case, and more than one space': {
    ...solution,
    readBearer: (header = '') => /^Bearer +([\w.~+/-]+=*)$/.exec(header)?.[1],
  },
  'returns undefined where no bearer token came': {
    ...solution, // any scheme
    readBearer: (header = '') => /^[a-z]+ +([\w.~+/-]+=*)$/i.exec(header)?.[1],
  },
  'takes none where two came': {
    ...solution, // the first of them: the pattern has no end
    readBearer: (header = '') => /^bearer +([\w.~+/-]+=*)/i.exec(header)?.[1],
  },
  'takes as a token what the grammar calls one, and nothing else': {
    ...solution, // a tab is white space, and quotes are none
    readBearer: (header = '') => /^bearer\s+([^\s,]+)$/i.exec(header)?.[1],
  },
  'sorts the eight situations': {
    ...solution,
    choices: { ...choices, dismissal: 'jwt' as const },
  },
}

prove(t, { checks, right, wrong })

const grammar = 'takes as a token what the grammar calls one, and nothing else'
const cases = 'takes the scheme in any case, and more than one space'
const matching = (pattern: RegExp): typeof solution => ({
  ...solution,
  readBearer: (header = '') => pattern.exec(header)?.[1],
})
alsoRefused(t, checks, {
  'two equals signs at most': [grammar, matching(/^bearer +([\w.~+/-]+={0,2})$/i)],
  'a backslash, a colon and a semicolon': [grammar, matching(/^bearer +([\w.~+/\\:;-]+=*)$/i)],
  'the end of a line for the end': [grammar, matching(/^bearer +([\w.~+/-]+=*)$/im)],
  'three spaces at most': [cases, matching(/^bearer {1,3}([\w.~+/-]+=*)$/i)],
})

const choosing = (own: Record<string, string>): typeof solution => ({
  ...solution,
  choices: Object.assign({ ...choices }, own),
})
learnersRead(t, checks, {
  'a choice that does not fit': [
    choosing({ form: 'jwt' }),
    { said: /^choices\.form is 'jwt'\. Against it: .* a header has no room for a long form$/ },
  ],
  'all choices as shipped': [
    choosing(exercise.choices),
    { said: /^choices\.blog is 'jwt'.* \(3 more after this one\)$/ },
  ],
  'another word': [
    choosing({ cafe: 'tls' }),
    { said: /Against it: it is not one of session, jwt and neither$/ },
  ],
})

t.test('the line that is shown of a wrong choice says what was asked', async (t) => {
  const file = 'lessons/01-why-a-token/check.ts'
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  const { stack } = await failureOf(checks, choosing({ form: 'jwt' }))
  const line = lineInChecks(text, placesIn(stack, file)) ?? 0
  t.match(text.split('\n')[line - 1], /objections\.length === 0/)
})
