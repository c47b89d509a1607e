import type { Test } from 'tap'

const isData = (line: string) => line.startsWith('data: ')

/** A page that looks on: what it has been told, and what it was told last. */
export async function lookOn(t: Test, url: string) {
  const controller = new AbortController()
  t.teardown(() => controller.abort())
  const response = await fetch(url, { signal: controller.signal })
  let text = ''
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
  })().catch(() => {})
  return {
    response,
    text: () => text,
    panel: () => String(JSON.parse(text.split('\n').findLast(isData)?.slice(6) ?? '""')),
    leave: () => controller.abort(),
    reading,
  }
}
