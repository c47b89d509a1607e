import { type Problem, unless } from '../problem.ts'
import type { LessonFolder } from './course.ts'

const five = ['README.md', 'check.ts', 'demo.ts', 'exercise.ts', 'solution.ts']

/** What a lesson's folder holds: five files, and in them what the guide relies on. */
export function codeProblems({ slug, files }: LessonFolder, proof: string): Problem[] {
  const folder = `lessons/${slug}`
  const { 'exercise.ts': exercise, 'check.ts': checks } = files
  const said: Array<[file: string, what: string[]]> = [
    [folder, wrongNames(Object.keys(files))],
    [`${folder}/exercise.ts`, exercise === undefined ? [] : wrongInExercise(exercise)],
    [`${folder}/check.ts`, checks === undefined ? [] : wrongInChecks(checks)],
    [`test/lessons/${slug}.test.ts`, unless(/\bprove(?:<[^(]*>)?\(/.test(proof), unproven)],
  ]
  return said.flatMap(([file, problems]) => problems.map((what) => ({ file, what })))
}

const unproven = 'does not call prove(): nobody proves the checks of this lesson'

function wrongNames(names: readonly string[]): string[] {
  const others = names.filter((name) => !five.includes(name))
  return [
    ...five.flatMap((name) => unless(names.includes(name), `has no ${name}`)),
    ...others.map(
      (name) => `holds ${name}: what lessons share goes into a folder without a number`,
    ),
  ]
}

/** What the learner begins with: short of one or two things that it names, and fit to stand in my/. */
function wrongInExercise(code: string): string[] {
  const tasks = code.match(/\/\/ TODO: (?!first step$)\S/gm)?.length ?? 0
  const top = code.split('\n').slice(0, 12).join('\n')
  const begins = /^export const firstStep: .* \| undefined = undefined \/\/ TODO: first step$/m
  const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.[^'"\n]+)\1/g)]
  const lost = imports.filter(([, , path = '']) => !/^\.\.\/\.\.\/(?:example|lessons)\//.test(path))
  return [
    ...unless(/^\/[/*]/.test(code), 'begins without a comment that says what to make'),
    ...unless(
      begins.test(top),
      'has near its top no "export const firstStep: … | undefined = undefined // TODO: first step"',
    ),
    ...unless(
      tasks === 1 || tasks === 2,
      `has ${tasks} comments "// TODO: …": one or two say what to do`,
    ),
    ...unless(
      !/@ts-(?:ignore|expect-error|nocheck)/.test(code),
      'hides what TypeScript says: a learner sees it as soon as they type',
    ),
    ...lost.map(
      ([, , path]) =>
        `imports ${path}, which is not there for the copy in my/: ../../example/ or ../../lessons/`,
    ),
  ]
}

/** The checks are typed by the solution, and no name stands for two of them. */
function wrongInChecks(code: string): string[] {
  const written = code.matchAll(/^ {2}(?:async )?(['"])((?:(?!\1)[^\\]|\\.)*)\1\(/gm)
  const names = [...written].map(([, , name = '']) => name)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return [
    ...unless(
      names[0]?.startsWith('first step: ') === true,
      `begins with the check "${names[0]}", not with "first step: …"`,
    ),
    ...twice.map((name) => `has two checks "${name}": only the second one runs`),
    ...unless(
      /satisfies Checks</.test(code),
      'does not say "satisfies Checks<typeof solution>": nobody types its checks',
    ),
  ]
}
