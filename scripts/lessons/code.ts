import type { Problem } from '../problem.ts'
import type { LessonFolder } from './folder.ts'

const nearTheTop = 12

/** What the learner begins with: short of one or two things that it names, and fit to stand in my/. */
export function exerciseProblems({ slug, files }: LessonFolder): Problem[] {
  const code = files['exercise.ts']
  if (code === undefined) return []
  const tasks = code.match(/\/\/ TODO: (?!first step$)\S/gm)?.length ?? 0
  const begins = /^export const firstStep: .* \| undefined = undefined \/\/ TODO: first step$/m
  const above = code.split('\n').slice(0, nearTheTop).join('\n')
  const file = `lessons/${slug}/exercise.ts`
  return [
    ...(tasks === 1 || tasks === 2
      ? []
      : [{ file, what: `has ${tasks} comments "// TODO: …": one or two say what to do` }]),
    ...(begins.test(above)
      ? []
      : [
          {
            file,
            what: `has in its first ${nearTheTop} lines no "export const firstStep: … | undefined = undefined // TODO: first step"`,
          },
        ]),
    ...(/^\/[/*]/.test(code)
      ? []
      : [{ file, what: 'begins without a comment that says what to make' }]),
    ...(/@ts-(?:ignore|expect-error|nocheck)/.test(code)
      ? [{ file, what: 'hides what TypeScript says: a learner sees it as soon as they type' }]
      : []),
    ...importsOf(code)
      .filter((path) => path.startsWith('.') && !/^\.\.\/\.\.\/(?:example|lessons)\//.test(path))
      .map((path) => ({
        file,
        what: `imports ${path}, which is not there for the copy in my/: ../../example/ or ../../lessons/`,
      })),
  ]
}

/** The checks are typed by the solution, and no name stands for two of them. */
export function checkProblems({ slug, files }: LessonFolder): Problem[] {
  const code = files['check.ts']
  if (code === undefined) return []
  const file = `lessons/${slug}/check.ts`
  const names = [...code.matchAll(/^ {2}(?:async )?(['"])((?:(?!\1)[^\\]|\\.)*)\1\(/gm)].map(
    ([, , name = '']) => name,
  )
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  const [first = ''] = names
  return [
    ...(first.startsWith('first step: ')
      ? []
      : [{ file, what: `begins with the check "${first}", not with "first step: …"` }]),
    ...twice.map((name) => ({ file, what: `has two checks "${name}": only the second one runs` })),
    ...(/satisfies Checks</.test(code)
      ? []
      : [
          {
            file,
            what: 'does not say "satisfies Checks<typeof solution>": nobody types its checks',
          },
        ]),
  ]
}

/** The checks themselves are tested: right answers pass, wrong ones do not. */
export function proofProblems(file: string, code: string | undefined): Problem[] {
  if (code === undefined)
    return [{ file, what: 'is not there: nobody proves the checks of this lesson' }]
  return /\bprove(?:<[^(]*>)?\(/.test(code)
    ? []
    : [{ file, what: 'proves nothing: it does not call prove()' }]
}

function importsOf(code: string): string[] {
  const found = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1/g)
  return [...found].map(([, , path = '']) => path)
}
