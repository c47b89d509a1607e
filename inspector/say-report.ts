import { algorithms, isAlgorithm } from '../example/token/algorithms.ts'
import type { Answer } from './ask.ts'
import { algorithmsOf } from './given.ts'
import { blank, type Line, line, type Span, type Tone } from './paper.ts'
import type { Member, Part } from './part.ts'
import type { Report } from './report.ts'

/** The report for people: the parts, the checks, and what they add up to. */
export function sayReport(report: Report): Line[] {
  const { notes, header, payload, signature, proven, verdict } = report
  return [
    ...notes.map((note) => line(0, ['strong', 'Note: '], note)),
    ...(notes.length > 0 ? [blank] : []),
    ...sayPart('header', 'before the first dot', header),
    blank,
    ...sayPart('payload', `between the dots, ${proven ? 'proven' : 'not proven'}`, payload),
    blank,
    ...sayLabel('signature', 'after the second dot', signature.raw),
    line(0, signature.words),
    blank,
    ...sayChecks(report),
    line(0, [verdict.result === 'refused' ? 'bad' : 'strong', verdict.sentence]),
    ...(report.given === undefined ? sayHowToVerify(header.decoded?.alg) : []),
  ]
}

type Name = 'header' | 'payload' | 'signature'

function sayLabel(name: Name, place: string, raw: string): Line[] {
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`
  return [line(0, [`${name}Label`, title], `, ${place}`), { spans: [[name, raw]], whole: true }]
}

function sayPart(name: Name, place: string, { raw, members, problem }: Part): Line[] {
  const said =
    problem === undefined
      ? [line(0, '{'), ...members.flatMap((each) => sayMember(each, name)), line(0, '}')]
      : [line(0, ['bad', problem])]
  return [...sayLabel(name, place, raw), ...said]
}

function sayMember({ name, written, meaning, rfc, inWords }: Member, tone: Tone): Line[] {
  return [
    line(2, [tone, JSON.stringify(name)], `: ${written}`),
    ...(inWords === undefined ? [] : [line(6, inWords)]),
    line(6, `${meaning} (${rfc})`),
  ]
}

function sayChecks({ answers, given }: Report): Line[] {
  if (given === undefined) return []
  const allowed = algorithmsOf(given).join(', ')
  return [
    line(0, ['strong', 'Checks'], ` with ${given.what}, which allows ${allowed} and nothing else`),
    ...answers.flatMap(sayAnswer),
    blank,
  ]
}

const marks = { passed: '✓', failed: '✗', 'not asked': '·', 'not reached': '–' } as const
const longestSaw = 120

function sayAnswer({ check, result, saw, reason, ours }: Answer): Line[] {
  const tone = result === 'failed' ? 'bad' : result === 'passed' ? 'good' : 'strong'
  const why = reason === undefined ? '' : `: ${reason}`
  const said: Span[] = [[tone, marks[result]], ' ', ['strong', check.id], ` ${result}${why}`]
  if (saw === undefined) return [{ spans: [...said, ` · ${check.rfc}`], hang: 4 }]
  const glimpse = saw.length > longestSaw ? `${saw.slice(0, longestSaw)}…` : saw
  const passedOurs = ours !== undefined && result === 'passed' ? ' · our server’s rule' : ''
  const failedOurs = ours !== undefined && result === 'failed'
  return [
    { spans: said, hang: 4 },
    line(4, `${glimpse} · ${check.rfc}${passedOurs}`),
    ...(failedOurs ? [line(4, `Our server’s rule: ${ours}.`)] : []),
  ]
}

/** The way on for somebody who gave no key: the header says of which kind it would have to be. */
function sayHowToVerify(alg: unknown): Line[] {
  if (alg === 'none') return [line(0, 'There is nothing to verify either: its alg is none.')]
  const isMac = isAlgorithm(alg) && algorithms[alg].keyType === 'secret'
  const command = `echo $TOKEN | npm run --silent inspect -- ${isMac ? '--secret-file' : '--key'} FILE`
  return [
    line(0, 'To verify the signature, give the key:'),
    { spans: [['strong', command]], indent: 2, hang: 4 },
  ]
}
