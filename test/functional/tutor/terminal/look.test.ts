import t from 'tap'
import { cut, lookOf, paint, wrap, wrapItems } from '../../../../tutor/terminal/look.ts'

const look = { columns: 20, colors: false }

t.test('lookOf()', async (t) => {
  const terminal = { columns: 80, isTTY: true, hasColors: () => true }
  const cases = {
    'a terminal of 80 columns': [terminal, { columns: 80, colors: true }],
    'a very wide one is not used to its end': [{ ...terminal, columns: 300 }, { columns: 100 }],
    'a very narrow one overflows': [{ ...terminal, columns: 7 }, { columns: 20 }],
    'a window that says it has no columns': [{ ...terminal, columns: 0 }, { columns: 80 }],
    'a terminal without colors': [{ ...terminal, hasColors: () => false }, { colors: false }],
  } as const
  for (const [what, [stream, expected]] of Object.entries(cases))
    t.test(what, async (t) => {
      t.hasStrict(lookOf(stream, { plain: false }), expected)
    })
  t.test('plain: no colors, and words in the place of signs', async (t) => {
    t.same(lookOf(terminal, { plain: true }), { columns: 80, colors: false, plain: true })
  })
})

t.test('wrap()', async (t) => {
  const cases: Record<string, readonly [said: string, expected: string]> = {
    'breaks between words': ['aaaaaaaaaa bbbbbbbbbb cc', 'aaaaaaaaaa\nbbbbbbbbbb cc'],
    'breaks a word that is wider than the terminal': ['a'.repeat(25), `${'a'.repeat(20)}\naaaaa`],
    'keeps lines and empty lines': ['a\n\nb', 'a\n\nb'],
    'keeps the indentation of a line, in what is broken off as well': [
      '  aaaaaaaaaa bbbbbbbbbb',
      '  aaaaaaaaaa\n  bbbbbbbbbb',
    ],
    'leaves no space at the end of a line': ['a   \nb', 'a\nb'],
    'gives wide letters two columns': ['字'.repeat(12), `${'字'.repeat(10)}\n字字`],
  }
  for (const [what, [text, expected]] of Object.entries(cases))
    t.test(what, async (t) => {
      t.equal(wrap(look, text), expected)
    })
  t.test('indents, and lets what is broken off hang further in', async (t) => {
    t.equal(wrap(look, '- aaaaaaaaaa bbbbbbbbbb', 2, 2), '  - aaaaaaaaaa\n    bbbbbbbbbb')
  })
})

t.test('wrapItems() never breaks within an item', async (t) => {
  t.equal(wrapItems(look, ['a list', 'n next', 'r again'], ' · '), 'a list · n next ·\nr again')
})

t.test('cut()', async (t) => {
  t.equal(cut('a line', 6), 'a line')
  t.equal(cut('a line', 5), 'a li…')
  t.equal(cut('字字字', 5), '字字…')
  t.equal(cut('\x1b[1ma line\x1b[22m', 3), '\x1b[1ma \x1b[22m…', 'what is bold is closed')
})

t.test('paint() colors each line by itself, and only where there are colors', async (t) => {
  t.equal(paint(look, 'good', 'a\nb'), 'a\nb')
  t.equal(
    paint({ ...look, colors: true }, 'good', 'a\n\nb'),
    '\x1b[32ma\x1b[39m\n\n\x1b[32mb\x1b[39m',
  )
})
