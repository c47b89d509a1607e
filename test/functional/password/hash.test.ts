import { readdirSync, readFileSync } from 'node:fs'
import { hash as hashWith } from '@node-rs/argon2'
import t from 'tap'
import { createPasswords, HashingBusy, isOutdated } from '../../../example/password/hash.ts'

const passwords = createPasswords()

t.test("argon2id at OWASP's figures, with a salt of its own each time", async (t) => {
  const one = await passwords.hash('correct-horse-battery')
  const other = await passwords.hash('correct-horse-battery')
  t.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  t.not(one, other)
  t.notOk(isOutdated(one))
})

t.test('the right password matches, and no other', async (t) => {
  const hashed = await passwords.hash(' A pass\0word 🦊 ')
  t.ok(await passwords.verify(hashed, ' A pass\0word 🦊 '))
  for (const other of ['A pass\0word 🦊', ' a pass\0word 🦊 ', ' A pass', '', ' A pass\0word 🦉 '])
    t.notOk(await passwords.verify(hashed, other), JSON.stringify(other))
})

t.test('nothing is cut off: 72 bytes in common are not enough', async (t) => {
  const start = 'x1'.repeat(36)
  const hashed = await passwords.hash(`${start}one`)
  t.notOk(await passwords.verify(hashed, `${start}two`))
})

t.test('nobody has no password', async (t) => {
  t.notOk(await passwords.verify(undefined, ''))
  t.notOk(await passwords.verify(undefined, 'correct-horse-battery'))
})

t.test('a hash that would cost gigabytes, or is of another kind, is never computed', async (t) => {
  const rest = `$${'c'.repeat(22)}$${'d'.repeat(43)}`
  for (const hashed of [
    `$argon2id$v=19$m=2000000,t=2,p=1${rest}`,
    `$argon2id$v=19$m=19456,t=1000,p=1${rest}`,
    `$argon2id$v=19$m=19456,t=2,p=64${rest}`,
    await hashWith('correct-horse-battery', { algorithm: 0, memoryCost: 19_456 }),
    '$2b$10$abcdefghijklmnopqrstuv',
    '',
  ])
    t.notOk(await passwords.verify(hashed, 'correct-horse-battery'), hashed.slice(0, 30))
})

t.test('a hash with older figures matches, and is outdated', async (t) => {
  const weak = await hashWith('correct-horse-battery', { memoryCost: 8192, timeCost: 1 })
  t.ok(await passwords.verify(weak, 'correct-horse-battery'))
  t.ok(isOutdated(weak))
  t.ok(isOutdated(await hashWith('x', { algorithm: 1 })), 'another kind, too')
})

t.test('one at a time and fifty in the queue: whoever comes then is told so', async (t) => {
  const busy = createPasswords()
  const cheap = await hashWith('x', { memoryCost: 8, timeCost: 1 }) // a turn is a turn, however short
  const look = (_: unknown, n: number) =>
    n % 25 === 0 ? busy.hash('x') : busy.verify(n % 2 === 0 ? undefined : cheap, 'x')
  const all = await Promise.allSettled(Array.from({ length: 60 }, look))
  const refused = all.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
  t.equal(all.length - refused.length, 51)
  t.ok(refused.every(({ reason }) => reason instanceof HashingBusy))
  t.match(await busy.hash('x'), /^\$argon2id/, 'and afterwards there is room again')
})

// Only Linux tells how each thread of a process is placed.
if (process.platform === 'linux')
  t.test('in a thread that gives way to all others of this process', async (t) => {
    await passwords.hash('correct-horse-battery')
    const niceness = readdirSync('/proc/self/task').map((thread) => {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]) // proc(5): the 19th
    })
    t.equal(Math.max(...niceness) - Math.min(...niceness), 10)
  })
