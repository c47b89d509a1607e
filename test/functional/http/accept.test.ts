import t from 'tap'
import { wanted } from '../../../example/http/accept.ts'

t.test('wanted()', async (t) => {
  const answers = {
    'no header at all': [undefined, 'any'],
    'an empty header': ['', 'any'],
    'what curl sends': ['*/*', 'any'],
    'what a browser sends': ['text/html,application/xhtml+xml,*/*;q=0.8', 'html'],
    'JSON alone': ['application/json', 'json'],
    'JSON with parameters': ['application/json; charset=utf-8', 'json'],
    'JSON first, then anything': ['application/json, */*', 'json'],
    'JSON and pages': ['application/json, text/html', 'html'],
    'something that we do not have': ['image/png', 'any'],
  } as const
  for (const [what, [header, expected]] of Object.entries(answers)) {
    t.test(`${what}: ${expected}`, async (t) => {
      t.equal(wanted(header), expected)
    })
  }
})
