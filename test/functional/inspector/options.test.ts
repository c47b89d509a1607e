import t from 'tap'
import { readOptions } from '../../../inspector/options.ts'
import { messageOf } from '../../support/refusal.ts'

const read = (...args: string[]) => readOptions(args, {})

t.test('readOptions()', async (t) => {
  t.test('takes the words apart from the options', async (t) => {
    t.strictSame(
      { ...read('Bearer', 'x', '--secret', 's', '--issuer', 'i', '--now', '12', '--json') },
      { words: ['Bearer', 'x'], secret: 's', issuer: 'i', now: '12', json: true },
    )
    t.strictSame({ ...read() }, { words: [] })
    t.strictSame({ ...read('-h') }, { words: [], help: true })
  })

  t.test('wants one key, not several', async (t) => {
    const pairs = [
      '--secret=a --key=b',
      '--key=a --jwks=b',
      '--secret= --jwks=b',
      '--secret=a --secret-file=b',
    ]
    for (const pair of pairs)
      t.match(
        messageOf(read, ...pair.split(' ')),
        /one of --secret, --secret-file, --key and --jwks/,
      )
  })

  t.test('wants the time in whole seconds', async (t) => {
    t.equal(read('--now', '0').now, '0')
    for (const now of ['', '1.5', '-1', '12s', '1e9', '9999999999999'])
      t.match(messageOf(read, `--now=${now}`), /whole number of seconds/, now)
  })

  t.test('says what it does not understand, and repeats nothing that was typed', async (t) => {
    const typed: Array<[args: string[], message: RegExp]> = [
      [['--sekret=hunter2'], /one of them is not known here\. See npm run inspect -- --help$/],
      [['--secrets=hunter2'], /not known here/],
      [['--hunter2'], /not known here/],
      [['-x', 'hunter2'], /not known here/],
      [['--secret'], /--secret needs a value/],
      [['--secret-file'], /--secret-file needs a value/],
      [['--secret', '-hunter2'], /--secret needs a value.*--secret=-…/],
      [['--key', '-----BEGIN hunter2'], /--key needs a value.*--key=-…/],
      [['--json=hunter2'], /--json takes no value/],
    ]
    for (const [args, message] of typed) {
      const said = messageOf(read, ...args)
      t.match(said, message, args.join(' '))
      t.notMatch(said, /hunter2|sekret/)
    }
  })
})

t.test('options that npm took, because no two dashes stood before them', async (t) => {
  const secretTaken = { npm_lifecycle_event: 'inspect', npm_config_secret: 'true' }

  t.test('are missed: nobody guesses what was meant', async (t) => {
    const said = messageOf(readOptions, ['token', 'hunter2'], secretTaken)
    t.match(said, /^npm took --secret .* npm run inspect <token> -- --secret …$/)
    t.notMatch(said, /hunter2/)
    for (const name of ['secret-file', 'jwks', 'issuer', 'audience', 'type', 'now', 'json']) {
      const variable = `npm_config_${name.replace('-', '_')}`
      const taken = { npm_lifecycle_event: 'inspect', [variable]: 'x' }
      t.match(messageOf(readOptions, [], taken), `npm took --${name} `)
    }
  })

  t.test('are nobody’s business where another command runs this one', async (t) => {
    const { words } = readOptions(['x'], { ...secretTaken, npm_lifecycle_event: 'test' })
    t.strictSame(words, ['x'])
  })
})
