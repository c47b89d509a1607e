import { algorithms } from '../example/token/algorithms.ts'
import type { Answer } from './ask.ts'
import { algorithmsOf, isAlgorithm } from './given.ts'
import { blank, command, type Line, line, type Span, type Tone } from './paper.ts'
import type { Part } from './part.ts'
import type { Explained, Report } from './report.ts'

/** The report for people: the parts, the checks, and what they add up to. */
export function sayReport(report: Report): Line[] {
  const { notes, header, payload, signature, parameters, claims, proven, verdict } = report
  return [
    ...notes.map((note) => line(0, ['strong', 'Note: '], note)),
    ...(notes.length > 0 ? [blank] : []),
    ...sayPart('header', 'before the first dot', header, parameters),
    blank,
    ...sayPart('payload', `between the dots, ${proven ? 'proven' : 'not proven'}`, payload, claims),
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

function sayPart(name: Name, place: string, part: Part, members: readonly Explained[]): Line[] {
  const label = sayLabel(name, place, part.raw)
  if (part.problem !== undefined) return [...label, line(0, ['bad', part.problem])]
  return [...label, line(0, '{'), ...members.flatMap((each) => sayMember(each, name)), line(0, '}')]
}

function sayMember({ name, written, meaning, rfc, inWords }: Explained, tone: Tone): Line[] {
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
  const looked = `${shortened(saw)} · ${check.rfc}`
  if (ours !== undefined && result === 'failed')
    return [{ spans: said, hang: 4 }, line(4, looked), line(4, `Our server’s rule: ${ours}.`)]
  const rule = ours === undefined ? '' : ' · our server’s rule'
  return [{ spans: said, hang: 4 }, line(4, `${looked}${rule}`)]
}

function shortened(text: string): string {
  return text.length > longestSaw ? `${text.slice(0, longestSaw)}…` : text
}

const start = 'echo $TOKEN | npm run --silent inspect --'

/** The way on for somebody who gave no key: the header says of which kind it would have to be. */
function sayHowToVerify(alg: unknown): Line[] {
  if (alg === 'none') return [line(0, 'There is nothing to verify either: its alg is none.')]
  const secret = !isAlgorithm(alg) || algorithms[alg].keyType === 'secret'
  const pair = !isAlgorithm(alg) || algorithms[alg].keyType !== 'secret'
  return [
    line(0, 'To verify the signature, give the key:'),
    ...(secret ? [command(`${start} --secret-file FILE`)] : []),
    ...(pair ? [command(`${start} --key FILE`), command(`${start} --jwks FILE or URL`)] : []),
  ]
}
