import { renderMermaidSVG } from 'beautiful-mermaid'

const light = '--bg: #f4f1ea; --fg: #22252a; --border: #85817a'
const dark = '--bg: #202327; --fg: #e7e4dd; --border: #7d828a'

/** Draws what is written as Mermaid: an SVG in the colors of our pages, which loads nothing. */
export function drawDiagram(text: string): string {
  const colors = `svg { ${light} }\n@media (prefers-color-scheme: dark) { svg { ${dark} } }`
  return renderMermaidSVG(text, { font: 'system-ui', transparent: true })
    .replace(/^\s*@import .*$/m, colors)
    .replace(/ style="[^"]*"/, '')
}
