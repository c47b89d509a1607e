import t from 'tap'
import { fit, page } from '../../../../tutor/terminal/page.ts'

const foot = '\nkeys'
const tall = page(['one', 'two', 'a\nb\nc\nd', 'last'], { focus: 2, foot })

t.test('page()', async (t) => {
  t.test('leaves out empty sections, also when it counts', async (t) => {
    t.same(page(['one', '', 'two'], { focus: 2, foot }), {
      lines: ['one', '', 'two'],
      anchor: 2,
      sight: 0,
      foot,
    })
  })
})

t.test('fit()', async (t) => {
  const size = { columns: 30, rows: 6 }
  const shown = (rows: number, scrolledTo?: number) =>
    fit(tall, { ...size, rows }, scrolledTo).shown

  t.test('what fits is shown as it is', async (t) => {
    t.same(fit(page(['one'], { foot }), size).shown, ['one', '', 'keys'])
  })
  t.test('what does not fit begins with what matters, and says so', async (t) => {
    t.same(shown(6), ['a', 'b', 'c', 'd', '↑↓ lines 5 to 8 of 10 · PgUp …', 'keys'])
  })
  t.test('what has to be in sight takes the place of the top, and of no more of it', async (t) => {
    const seen = page(['one', 'two', 'a\nb\nc\nd', 'last'], { sight: 3, foot })
    t.same(fit(seen, { ...size, rows: 8 }).shown.slice(0, 6), ['two', '', 'a', 'b', 'c', 'd'])
    t.equal(fit(seen, { ...size, rows: 10 }).shown[0], 'one')
    t.equal(fit(seen, { ...size, rows: 8 }, 0).shown[0], 'one', 'but for whoever scrolls')
  })
  t.test('no room is wasted behind the end', async (t) => {
    t.same(shown(11)[0], '')
    t.equal(shown(11).length, 11)
    t.same(shown(11).at(-3), 'last')
  })
  t.test('it scrolls, and not beyond the ends', async (t) => {
    t.equal(shown(6, 0)[0], 'one')
    t.equal(shown(6, -9)[0], 'one')
    t.equal(shown(6, 3)[0], '')
    t.equal(shown(6, Number.POSITIVE_INFINITY)[3], 'last')
  })
  t.test('checks that run are said in the place of the scrolling', async (t) => {
    const busy = { ...tall, foot: 'checking …\nkeys' }
    t.same(fit(busy, size).shown.slice(-2), ['checking …', 'keys'])
  })
  t.test('never more lines than rows, nor a wider one than columns', async (t) => {
    for (const rows of [1, 2, 3, 4, 10, 50]) t.ok(shown(rows).length <= rows)
    t.same(fit(page(['a long line'], { foot }), { columns: 5, rows: 5 }).shown[0], 'a lo…')
  })
})
