import t from 'tap'
import checks from '../../lessons/01-why-a-token/check.ts'
import * as solution from '../../lessons/01-why-a-token/solution.ts'
import { prove } from './prove.ts'

const { choices } = solution

const right = {
  'one regular expression': solution,
  'cut at the first space, and no regular expression': {
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
    readBearer(header: string | undefined) {
      const [scheme, token, ...rest] = (header ?? '').split(/ +/)
      if (scheme?.toLowerCase() !== 'bearer' || token === undefined || rest.length > 0) return
      return /^[\w.~+/-]+=*$/.test(token) ? token : undefined
    },
    choices: { ...choices, phone: 'jwt' as const },
  },
}

const wrong = {
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
