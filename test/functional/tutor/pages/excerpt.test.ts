import t from 'tap'
import {
  checkAround,
  lineInChecks,
  linesAround,
  placesIn,
} from '../../../../tutor/pages/excerpt.ts'
import { sayExcerpt } from '../../../../tutor/pages/say-verdict.ts'

const look = { columns: 40, colors: false }
const file = 'lessons/01-begin/check.ts'
const around = (text: string, line: number) =>
  sayExcerpt(linesAround(text, { file, line }), look).split('\n')

t.test('placesIn() gives the lines of one file, innermost first', async (t) => {
  const stack = `
    at equal (node:assert:1:1)
    at reads (file:///a%20b/lessons/01-begin/check.ts:60:10)
    at Object.x (file:///a%20b/lessons/01-begin/check.ts:9:3)
    at run (file:///a%20b/lessons/checks.ts:30:5)`
  t.same(placesIn(stack, file), [60, 9])
  t.same(placesIn(stack, 'my/01-begin/exercise.ts'), [])
})

t.test('linesAround()', async (t) => {
  const text = Array.from({ length: 12 }, (_, at) => `line(${at + 1})`).join('\n')
  const show = (line: number) => around(`${text}\n\n`, line)

  t.test('marks the line, with three before and three behind', async (t) => {
    t.same(show(8), [
      `  ${file}:8`,
      '     5  line(5)',
      '     6  line(6)',
      '     7  line(7)',
      '  >  8  line(8)',
      '     9  line(9)',
      '    10  line(10)',
      '    11  line(11)',
    ])
  })
  t.test('stops at the ends of the file', async (t) => {
    t.equal(show(1)[1], '  > 1  line(1)')
    t.equal(show(12).at(-1), '  > 12  line(12)')
  })
  t.test('takes away the common margin, cuts other lines, breaks the marked one', async (t) => {
    const code = `${'      a'.padEnd(60, 'a')}\n      bbbbbbbbbbbbbbb(cccccccccccccccccc, d)`
    t.same(around(code, 2).slice(1), [
      `    1  ${'a'.repeat(32)}…`,
      '  > 2  bbbbbbbbbbbbbbb(ccccccccccccccc',
      '         ccc, d)',
    ])
  })
  t.test('cuts the marked line, too, where it would fill screens', async (t) => {
    const [, ...lines] = around('a'.repeat(20_000), 1)
    t.ok(lines.length < 20)
    t.match(lines.at(-1), /^ {9}a+…$/)
  })
  t.test('writes out what a terminal would obey', async (t) => {
    t.equal(around('a\x07b', 1)[1], '  > 1  a\\u0007b')
  })
})

t.test('lineInChecks() is the innermost line that stands among the checks', async (t) => {
  const text =
    "const a = 1\nexport default {\n  'one'() {\n    all(\n      b)\n  },\n}\nfunction b() {\n}\n"
  t.equal(lineInChecks(text, [8, 5, 4]), 5)
  t.equal(lineInChecks(text, [8, 1, 2, 7]), undefined)
  t.equal(lineInChecks('const all = {}\nexport default all\n', [1, 2]), 2, 'if one can tell')
})

t.test('checkAround()', async (t) => {
  const check = (lines: number) => [
    'export default {',
    "  'one'() {",
    ...Array.from({ length: lines - 2 }, (_, at) => `    step(${at + 1})`),
    '  },',
    "  'two'() {",
    '    end()',
    '  },',
    '}',
    'function helper() {',
    '  deep()',
    '}',
  ]
  const show = (lines: number, line: number) =>
    sayExcerpt(checkAround(check(lines).join('\n'), { file, line }), look)
      .split('\n')
      .slice(1)

  t.test('of a short check it shows the whole, and nothing else', async (t) => {
    const shown = show(12, 4)
    t.equal(shown.length, 12)
    t.equal(shown[0], "     2  'one'() {")
    t.equal(shown.at(-1), '    13  },')
  })
  t.test('of a long check it shows the lines around, and nothing of the next', async (t) => {
    t.equal(show(13, 8).length, 7)
    t.same(show(13, 13).at(-1), '    14  },')
    t.same(show(13, 3)[0], "    2  'one'() {")
  })
  t.test('outside of a check it shows the lines around', async (t) => {
    t.same(show(3, 9).at(-1)?.trim(), '11  }')
  })
})
