import t from 'tap'
import { sayBroken } from '../../../../tutor/pages/broken.ts'
import { lessonOf, madeUpCourse } from '../made-up-course.ts'

const lesson = lessonOf(madeUpCourse(t))
const file = 'my/01-begin/exercise.ts'
const putBack = 'Put it back: git restore lessons/01-begin'
const ifBusy = 'If this machine is busy with other things, check once more.'
const ifOlder =
  'If your copy is older than the lesson, copy that line from lessons/01-begin/exercise.ts, or begin again, which keeps your attempt: npm run learn reset 1'
const failure = { said: '', stack: '' }

type Broke = Parameters<typeof sayBroken>[0]['broke']

const say = (broke: Broke, running?: string) =>
  sayBroken({ kind: 'broken', broke, running, names: [] }, lesson)

t.test('while the exercise is loaded: one sentence, and the way out', async (t) => {
  const sentences: Record<string, Broke> = {
    [`The files of the lesson cannot be loaded. ${putBack}`]: { how: 'lesson', failure },
    [`lessons/01-begin/check.ts holds no checks. ${putBack}`]: { how: 'no checks' },
    [`${file} cannot be loaded.`]: { how: 'load', failure },
    [`${file} does not export double, a default (export default): the checks ask for it by that name. ${ifOlder}`]:
      { how: 'names', missing: ['double', 'default'] },
    [`Loading ${file} waits for something that never comes. Look for a promise that is never resolved.`]:
      { how: 'waits' },
    [`Loading ${file} did not end within 1 seconds. Look for a loop, or a wait, that does not end. ${ifBusy}`]:
      { how: 'late', seconds: 1 },
    [`The files of the lesson were not loaded within 60 seconds, which is not your doing. ${ifBusy}`]:
      { how: 'slow', seconds: 60 },
    'The exercise ended the process, with exit code 3. Nothing in it should do that. To refuse is to throw.':
      { how: 'exit', code: 3 },
    'Something in the exercise threw, and nobody caught it. Is an await missing?': {
      how: 'uncaught',
      failure,
    },
    'Only 0 of 3 checks ran. Look for a line that replaces something of JavaScript itself, such as Object.entries.':
      { how: 'few checks', ran: 0, of: 3 },
    [`The types did not end within 3 seconds. Look for a type that refers to itself. ${ifBusy}`]: {
      how: 'late types',
      seconds: 3,
    },
  }
  for (const [said, broke] of Object.entries(sentences))
    t.test(broke.how, async (t) => t.equal(say(broke), said))
})

t.test('in the middle of a check: which one', async (t) => {
  t.match(say({ how: 'waits' }, 'one'), /^The check "one" waits for something that never comes\. /)
  t.match(say({ how: 'late', seconds: 5 }, 'one'), /^The check "one" did not end within 5 seconds/)
  t.match(say({ how: 'exit', code: 0 }, 'one'), / during the check "one", with exit code 0\. /)
  t.match(say({ how: 'uncaught', failure }, 'one'), / nobody caught it during the check "one"\. /)
  t.equal(
    say({ how: 'killed' }, 'one'),
    'The process was killed during the check "one". Most often that means that the exercise used up the memory: look for a list that never stops growing.',
  )
})
