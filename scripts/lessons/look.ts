import { type Lesson, pageFile } from '../../tutor/journey/course.ts'
import { claimProblems } from '../docs/claims.ts'
import { type Problem, wrongs } from '../problem.ts'
import type { Course } from './course.ts'
import { fenceProblems } from './fences.ts'
import { repetitionProblems } from './generated.ts'
import { hintProblems } from './hints.ts'
import { pageProblems } from './page.ts'
import { voiceProblems } from './voice.ts'

// All rules that look, without running anything.

/** What concerns all lessons together. */
export function courseProblems(course: Course): Problem[] {
  const around = course.paths.filter((path) => /^lessons\/[^/]+\.md$/.test(path))
  const misplaced = course.lessons.flatMap(({ number, slug }, index) =>
    wrongs({ [`is where lesson ${index + 1} belongs: leave no gaps`]: number !== index + 1 }).map(
      (what) => ({ file: `lessons/${slug}`, what }),
    ),
  )
  return [
    ...misplaced,
    ...repetitionProblems(course),
    ...around.flatMap((file) => documentProblems(course, file)),
  ]
}

/** What can be said of one lesson. */
export function lessonProblems(course: Course, lesson: Lesson): Problem[] {
  const page = pageFile(lesson)
  const text = course.files.read(page)
  const said: Record<string, string[]> = {
    [page]: [...pageProblems(lesson, text), ...hintProblems(lesson, course)],
    ...codeProblems(course, lesson),
  }
  return [
    ...Object.entries(said).flatMap(([file, all]) => all.map((what) => ({ file, what }))),
    ...fenceProblems(page, lesson.number, text),
    ...documentProblems(course, page),
  ]
}

const begins = /^export const firstStep: .* \| undefined = undefined \/\/ TODO: first step$/m
const lost = /\b(?:from|import)\s*\(?\s*'\.(?!\.\/\.\.\/(?:example|lessons)\/)/

/** What nobody else sees: a learner works on a copy of the exercise, and checks that nobody proves pass for good ones. */
function codeProblems({ files }: Course, { slug }: Lesson): Record<string, string[]> {
  const [exercise, proof] = [`lessons/${slug}/exercise.ts`, `test/lessons/${slug}.test.ts`]
  const proven = files.has(proof) && /\bprove(?:<[^(]*>)?\(/.test(files.read(proof))
  const code = files.read(exercise)
  return {
    [exercise]: wrongs({
      'has no "export const firstStep: … | undefined = undefined // TODO: first step"':
        !begins.test(code),
      'hides what TypeScript says: a learner sees it as soon as they type':
        /@ts-(?:ignore|expect-error|nocheck)/.test(code),
      'imports what is not there for the copy in my/: ../../example/ and ../../lessons/ are':
        lost.test(code),
    }),
    [proof]: wrongs({ 'does not call prove(): nobody proves the checks of this lesson': !proven }),
  }
}

/** How it speaks, and what npm run docs looks at in every document, for those who check one lesson. */
function documentProblems({ files, lessons }: Course, file: string): Problem[] {
  return [...voiceProblems(file, files.read(file)), ...claimProblems(file, files, lessons)]
}
