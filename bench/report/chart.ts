import { names } from '../contestants.ts'
import { type Results, ratioOf } from '../rounds.ts'

const rowHeight = 30
const left = 330
const width = 720
const full = 320 // the length of the bar of the bare server

/** The comparison on 100 connections as a picture, which follows the colours of its reader. */
export function drawPrivate(results: Results): string {
  const bars = Object.values(names).map((name) => ({
    name: name.replaceAll('`', ''),
    ours: name.startsWith('session server'),
    ratio: name === names.bare ? 1 : ratioOf(results, name, names.bare).median,
  }))
  const height = 44 + bars.length * rowHeight + 10
  const spoken = bars.map(({ name, ratio }) => `${name} ${ratio.toFixed(2)}`).join(', ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
  <title id="title">GET /private on 100 connections: answers per second, as a ratio to a bare server</title>
  <desc id="desc">${spoken}</desc>
  <style>
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .head { fill: #59636e }
    .ours { font-weight: 600 }
    rect { fill: #8c959f }
    rect.ours { fill: #0a69da }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .head { fill: #9198a1 }
      rect { fill: #6e7681 }
      rect.ours { fill: #4493f8 }
    }
  </style>
  <text class="head" x="0" y="20">GET /private on 100 connections: answers per second, the bare server is 1</text>
${bars.map(drawBar).join('\n')}
</svg>
`
}

function drawBar(
  { name, ours, ratio }: { name: string; ours: boolean; ratio: number },
  row: number,
) {
  const y = 44 + row * rowHeight
  const style = ours ? ' class="ours"' : ''
  const length = Math.max(1, ratio * full).toFixed(1)
  return `  <text${style} x="${left - 12}" y="${y + 15}" text-anchor="end">${name}</text>
  <rect${style} x="${left}" y="${y}" width="${length}" height="20" rx="3"/>
  <text${style} x="${(left + Number(length) + 8).toFixed(1)}" y="${y + 15}">${ratio.toFixed(2)}</text>`
}
