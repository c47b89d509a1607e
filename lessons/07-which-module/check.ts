import assert from 'node:assert/strict'
import type { Checks } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import { libraries } from '../libraries/bare.ts'
import { contract, keeps } from '../libraries/contract.ts'
import { react, recorded } from '../libraries/matrix.ts'
import { isProbe, probes } from '../libraries/probes.ts'
import type * as solution from './solution.ts'

const readTheRow = 'find the row of a token without exp, and go along it to that column'

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  jose: { thinkAgain: readTheRow },
  jsonwebtoken: { thinkAgain: readTheRow },
  'fast-jwt': { thinkAgain: readTheRow },
  none: 'right',
}

export default {
  'first step: who would have stopped the token without exp'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  async 'issues tokens that every other program can read'({ adapter }) {
    await keeps(contract.issuing, adapter)
  },
  async 'refuses what has ended, accepts what has begun'({ adapter }) {
    await keeps(contract.ending, adapter)
  },
  async 'accepts what is right'({ adapter }) {
    await keeps(contract.accepting, adapter)
  },
  async 'refuses what others made, and what was made for others'({ adapter }) {
    await keeps(contract.others, adapter)
  },
  async 'refuses a signature that is not HS256 with this key'({ adapter }) {
    await keeps(contract.signing, adapter)
  },
  async 'refuses a header that asks for an unknown extension'({ adapter }) {
    await keeps(contract.header, adapter)
  },
  async 'accepts one spelling of a token, and no other'({ adapter }) {
    await keeps(contract.spelling, adapter)
  },
  async 'uses no key that is too weak'({ adapter }) {
    await keeps(contract.keys, adapter)
  },
  async 'refuses with Refused, and with nothing else'({ adapter }) {
    await keeps(contract.refusals, adapter)
  },
  async 'knows three differences, and they are real'({ differences }) {
    const rows = Object.entries(differences)
    for (const [name, answers] of rows) {
      if (!isProbe(name)) assert.fail(`differences: the table has no row "${name}"`)
      for (const library of recorded) {
        const { answer } = await react(libraries[library], probes[name])
        assert.equal(answers[library], answer, `differences['${name}']['${library}']`)
      }
      if (new Set(Object.values(answers)).size === 1)
        assert.fail(`differences['${name}'] is not a difference: all three do the same there`)
    }
    if (rows.length < 3) assert.fail(`differences has ${rows.length} of the three rows`)
  },
} satisfies Checks<typeof solution>
