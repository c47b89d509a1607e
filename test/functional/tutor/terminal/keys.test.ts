import t from 'tap'
import { keyOf, namedKeys } from '../../../../tutor/terminal/keys.ts'

t.test('a key is its letter in any case, or its word', async (t) => {
  t.same(['h', 'H', 'hint', 'open', ' Quit '].map(keyOf), ['h', 'h', 'h', 'o', 'q'])
  t.equal(keyOf('what'), 'what')
})

t.test('Enter is named where nothing else starts the checks', async (t) => {
  t.notOk(namedKeys({ manual: false }).includes('Enter check'))
  t.equal(namedKeys({ manual: true })[0], 'Enter check')
})
