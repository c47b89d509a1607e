import { readAttempt } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import type { Judge, Verdict } from './verdict.ts'

interface Run {
  readonly verdict: Promise<Verdict>
  readonly stop: () => void
  waiting: number
}

/**
 * A judge that looks once at one state of an exercise, however many ask for it at the same time: the guide and a page
 * beside it share the verdict. It goes on until the last of them wants no more.
 */
export function judgeTogether(judgeAlone: Judge): Judge {
  const runs = new Map<string, Run>()

  function begin(name: string, root: string, lesson: Lesson): Run {
    const enough = new AbortController()
    const verdict = judgeAlone(root, lesson, enough.signal).finally(() => {
      if (runs.get(name) === run) runs.delete(name)
    })
    const run = { verdict, stop: () => enough.abort(), waiting: 0 }
    runs.set(name, run)
    return run
  }

  return async (root, lesson, signal) => {
    const name = `${lesson.slug}\n${readAttempt(root, lesson)}`
    const run = runs.get(name) ?? begin(name, root, lesson)
    run.waiting += 1
    const leave = () => {
      run.waiting -= 1
      if (run.waiting > 0) return
      if (runs.get(name) === run) runs.delete(name)
      run.stop()
    }
    if (signal?.aborted) leave()
    signal?.addEventListener('abort', leave, { once: true })
    try {
      return await run.verdict
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }
}
