import { diffLines } from 'diff'
import { attemptFile, isShipped, isTouched, readAttempt } from '../tutor/journey/attempt.ts'
import { type Lesson, pageFile } from '../tutor/journey/course.ts'
import type { Journey } from '../tutor/journey/journey.ts'
import type { Verdict } from '../tutor/judge/verdict.ts'
import type { Excerpt } from '../tutor/pages/excerpt.ts'
import { rungs } from '../tutor/pages/pages.ts'
import { type Part, reportOf } from '../tutor/pages/report.ts'
import { harmless } from '../tutor/terminal/harmless.ts'
import type { State } from './following.ts'
import { render } from './markdown.ts'
import { readShownFile } from './shown-file.ts'

/** What the side of a lesson's page shows, for its template. */
export function panelOf(journey: Journey, lesson: Lesson, state: State): object {
  const { verdict, checking, waited, notice, demonstration } = state
  const passed = verdict?.kind === 'passed'
  const open = journey.openHints(lesson)
  const page = pageFile(lesson)
  return {
    slug: lesson.slug,
    ...standing(state, verdict !== undefined && isShipped(journey.root, lesson, verdict.text)),
    checking,
    waited: waited >= 2 && waited,
    notice: harmless(notice),
    parts: verdict === undefined ? [] : partsOf(verdict, journey, lesson),
    afterPassing: passed && {
      afterwards: render(lesson.afterwards, page),
      next: journey.after(lesson),
      touched: isTouched(journey.root, lesson),
    },
    hints: lesson.hints.slice(0, open).map((hint, at) => ({
      title: `Hint ${at + 1} of ${lesson.hints.length}: ${rungs[at]}`,
      text: render(hint, page),
    })),
    noHints: !passed && open >= lesson.hints.length,
    demonstration: demonstration && {
      ...demonstration,
      printed: harmless(demonstration.printed).trimEnd(),
    },
  }
}

/** One line that says how things stand. */
function standing({ verdict, checking, waited }: State, isAsItComes: boolean) {
  const said = (kind: 'good' | 'bad' | 'open', standing: string) => ({ kind, standing })
  if (verdict === undefined) return said('open', checking ? 'Checking …' : 'Not checked yet')
  const busy = checking && waited >= 2 ? ` Checking again …` : ''
  switch (verdict.kind) {
    case 'passed':
      return said('good', `All ${verdict.results.length} checks pass.${busy}`)
    case 'failed': {
      const { results, of = results.length } = verdict
      const passed = results.filter(({ failure }) => failure === undefined).length
      return said(isAsItComes ? 'open' : 'bad', `${passed} of ${of} checks pass.${busy}`)
    }
    case 'types':
      return said('bad', `TypeScript comes first.${busy}`)
    case 'broken':
      return said('bad', `It did not come to its end.${busy}`)
  }
}

function partsOf(verdict: Verdict, { root }: Journey, lesson: Lesson): object[] {
  const parts = reportOf(verdict, { root, lesson })
  const told = parts.filter(({ kind }) => kind !== 'good') // the standing says so already
  return told.map((part) => ({ [part.kind]: shown(part) }))
}

/** A part for the template, `false` where it is empty. What the learner's code may have written is made visible. */
function shown(part: Part): unknown {
  switch (part.kind) {
    case 'passed':
      return (
        part.names.length > 0 && {
          names: part.names.map(harmless),
        }
      )
    case 'others':
      return (
        part.names.length > 0 && {
          names: part.names.map(harmless),
          rest: part.rest,
          one: part.names.length === 1,
        }
      )
    case 'facts': {
      const facts = part.facts.filter(([, text]) => text !== '')
      return (
        facts.length > 0 && {
          facts: facts.map(([label, text]) => ({ label, text: harmless(text) })),
        }
      )
    }
    case 'code':
      return excerptOf(part)
    default:
      return part.text.trim() !== '' && harmless(part.text).trimEnd()
  }
}

function excerptOf({ file, line, lines }: Excerpt) {
  return { file, line, lines: lines.map((one) => ({ ...one, marked: one.number === line })) }
}

/** The learner's answer beside ours, line by line; `undefined` where there is nothing to compare. */
export function comparison(journey: Journey, lesson: Lesson): object | undefined {
  const solutionFile = `lessons/${lesson.slug}/solution.ts`
  const attempt = readAttempt(journey.root, lesson)
  if (attempt === undefined || journey.markOf(lesson) !== 'passed') return undefined
  const changes = diffLines(harmless(attempt), harmless(readShownFile(journey.root, solutionFile)))
  const lines = changes.flatMap(({ added, removed, value }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((code) => ({ code, added, removed, sign: added ? '+' : removed ? '−' : ' ' })),
  )
  return { attempt: attemptFile(lesson), solution: solutionFile, lines }
}
