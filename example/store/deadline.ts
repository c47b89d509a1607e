/** Waits for an answer no longer than this. What was asked may still happen: nobody knows. */
export function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`Timed out: no answer within ${milliseconds} ms`))
    const timer = setTimeout(late, milliseconds)
    const settled = () => clearTimeout(timer)
    answer.finally(settled).then(resolve, reject)
  })
}
