import assert from 'node:assert/strict'
import { createApp } from '../../example/sessions/app.ts'
import { bearer } from '../mutants/forge.ts'
import { suspects } from '../mutants/hunt.ts'
import { redness } from '../mutants/run.ts'
import type { Make } from '../mutants/start.ts'
import type { Test } from '../mutants/types.ts'

// Who is wanted, and what a test that lies says about three of them. With a number: how to see that one.

const lying: Test = async (server) => {
  const { token } = await server.signIn()
  await server.post('/logout', bearer(token))
  await server.get('/private', bearer(token))
  assert.equal(401, 401)
}

const honest: Test = async (server) => {
  const { token } = await server.signIn()
  await server.post('/logout', bearer(token))
  const { status } = await server.get('/private', bearer(token))
  assert.equal(status, 401)
}

const [asked] = process.argv.slice(2)
if (asked === undefined) await everybody()
else one(asked)

function one(asked: string): void {
  const suspect = suspects.find(({ number }) => `${number}` === asked)
  if (suspect === undefined) console.log(`Their numbers go from 1 to ${suspects.length}.`)
  else console.log(`${suspect.symptom}\nHow to see it: ${suspect.hint}`)
}

async function everybody(): Promise<void> {
  console.log(`${suspects.length} servers, each wrong in one way. Somebody noticed:`)
  for (const { number, symptom } of suspects)
    console.log(`${String(number).padStart(4)}  ${symptom}`)
  const three = suspects.filter(({ number }) => [1, 9, 12].includes(number))
  const makes = [createApp, ...three.map(({ make }) => make)]
  const names = ['right', ...three.map(({ number }) => `no. ${number}`)]
  row('Two tests: after sign-out, 401 for the old token', names)
  row('  assert.equal(401, 401)', await colors(lying, makes))
  row('  assert.equal(status, 401)', await colors(honest, makes))
}

async function colors(test: Test, makes: readonly Make[]): Promise<string[]> {
  const reds = await Promise.all(makes.map((make) => redness(test, make)))
  return reds.map((red) => (red === undefined ? 'green' : 'RED'))
}

function row(title: string, cells: readonly string[]): void {
  console.log(`${title.padEnd(50)}${cells.map((cell) => cell.padEnd(7)).join('')}`.trimEnd())
}
