import { posix } from 'node:path'
import type { Files } from '../files.ts'
import { anchorsOf, linksOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'

/** Every relative link leads to a file, and to a heading where it names one. */
export function linkProblems(file: string, text: string, files: Files): Problem[] {
  return linksOf(text).flatMap(({ target, line }) => {
    if (/^[a-z]+:/.test(target)) return []
    const [path = '', anchor] = target.split('#')
    const found = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path))
    if (!files.has(found)) return [{ file, line, what: `the link ${target} leads nowhere` }]
    if (anchor === undefined || anchorsOf(files.read(found)).includes(anchor)) return []
    return [{ file, line, what: `${found} has no heading #${anchor}` }]
  })
}
