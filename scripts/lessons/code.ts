import { type Problem, wrongs } from '../problem.ts'
import type { LessonFolder } from './course.ts'

const five = ['README.md', 'check.ts', 'demo.ts', 'exercise.ts', 'solution.ts']

/** What a lesson's folder holds: five files, and in them what the guide relies on. */
export function codeProblems({ slug, files }: LessonFolder, proof: string): Problem[] {
  const names = Object.keys(files)
  const absent = five.filter((name) => !names.includes(name)).map((name) => `has no ${name}`)
  const others = names
    .filter((name) => !five.includes(name))
    .map((name) => `holds ${name}: what lessons share goes into a folder without a number`)
  const unproven = 'does not call prove(): nobody proves the checks of this lesson'
  const said: Record<string, string[]> = {
    [`lessons/${slug}`]: [...absent, ...others],
    [`lessons/${slug}/exercise.ts`]: wrongInExercise(files['exercise.ts']),
    [`test/lessons/${slug}.test.ts`]: wrongs({ [unproven]: !/\bprove(?:<[^(]*>)?\(/.test(proof) }),
  }
  return Object.entries(said).flatMap(([file, all]) => all.map((what) => ({ file, what })))
}

const begins = /^export const firstStep: .* \| undefined = undefined \/\/ TODO: first step$/m

/** What the learner begins with: short of one or two things that it names, and fit to stand in my/. */
function wrongInExercise(code = ''): string[] {
  const tasks = code.match(/\/\/ TODO: (?!first step$)\S/gm)?.length ?? 0
  const top = code.split('\n').slice(0, 12).join('\n')
  const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.[^'"\n]+)\1/g)]
  const lost = imports.filter(([, , path = '']) => !/^\.\.\/\.\.\/(?:example|lessons)\//.test(path))
  return [
    ...wrongs({
      'begins without a comment that says what to make': !/^\/[/*]/.test(code),
      'has near its top no "export const firstStep: … | undefined = undefined // TODO: first step"':
        !begins.test(top),
      [`has ${tasks} comments "// TODO: …": one or two say what to do`]: tasks !== 1 && tasks !== 2,
      'hides what TypeScript says: a learner sees it as soon as they type':
        /@ts-(?:ignore|expect-error|nocheck)/.test(code),
    }),
    ...lost.map(
      ([, , path]) =>
        `imports ${path}, which is not there for the copy in my/: ../../example/ or ../../lessons/`,
    ),
  ]
}
