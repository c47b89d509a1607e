import t from 'tap'
import { readOptions, usage } from '../../../tutor/options.ts'

const nothing = { words: [], plain: false, manual: false, help: false }

t.test('readOptions()', async (t) => {
  const cases: Record<string, readonly [args: string, expected: object]> = {
    'nothing: the guide': ['', nothing],
    'a number': ['2', { words: ['2'] }],
    'a command and a lesson': ['check 02', { words: ['check', '02'] }],
    'plain and manual': ['--plain --manual', { plain: true, manual: true }],
    'plain for a command': ['--plain list', { words: ['list'], plain: true }],
    'a file to export to': ['export a/b.json', { words: ['export', 'a/b.json'] }],
    'a file to import': ['import a/b.json', { words: ['import', 'a/b.json'] }],
    'a page': ['--web', { web: true, folder: undefined }],
    'a page of one lesson': ['--web 3', { web: true, words: ['3'] }],
    'a class': ['--class ../our-class', { folder: '../our-class' }],
    'a call for help': ['--help', { help: true }],
    'the arguments of a demo are its own': [
      'demo 4 --plain +15m',
      { words: ['demo', '4', '--plain', '+15m'], plain: false },
    ],
    'what stands before demo is ours': [
      '--plain demo 4 +15m',
      { words: ['demo', '4', '+15m'], plain: true },
    ],
  }
  for (const [what, [args, expected]] of Object.entries(cases))
    t.test(what, async (t) => {
      const options = readOptions(args.split(' ').filter(Boolean), {})
      t.hasStrict(options, expected)
      t.equal(options.problem, undefined)
    })
  t.test('what npm took for itself, since no two dashes stood before it', async (t) => {
    const environment = {
      npm_config_plain: 'true',
      npm_config_manual: 'true',
      npm_config_web: 'true',
    }
    const all = { plain: true, manual: true, web: true }
    t.hasStrict(readOptions(['list'], environment), all)
  })
})

t.test('what cannot be understood is named', async (t) => {
  const cases: Record<string, string> = {
    foo: 'Cannot understand "foo"',
    constructor: 'Cannot understand "constructor"',
    '3 foo': 'Cannot understand "foo"',
    import: 'Cannot import: name the file',
    'import a b': 'Cannot understand "b"',
    'next 5': 'Cannot understand "5"',
    'list 3': 'Cannot understand "3"',
    '--plan demo 4': "Unknown option '--plan'",
    'check 3 foo': 'Cannot understand "foo"',
    '-1': "Unknown option '-1'",
    '--plan': "Unknown option '--plan'",
    '--class': "Option '--class <value>' argument missing",
    '--plain=yes': "Option '--plain' does not take an argument",
  }
  for (const [args, problem] of Object.entries(cases))
    t.test(args, async (t) => {
      t.equal(readOptions(args.split(' '), {}).problem, `${problem}\n\n${usage}`)
    })
})

t.test('what needs no help to be mended is only named', async (t) => {
  const problemOf = (args: string, environment = {}) =>
    readOptions(args.split(' '), environment).problem
  t.equal(problemOf('3 4'), 'Cannot take 4 as well: one lesson at a time')
  t.equal(problemOf('check 1 2 3'), 'Cannot take 2 3 as well: one lesson at a time')
  t.equal(
    problemOf('demo 4', { npm_config_yes: '', npm_config_1h30m: 'true' }),
    'npm took -1h30m for an option of its own. Put two dashes before it: npm run time -- -1h30m',
  )
  const letters = { npm_config_all: 'true', npm_config_long: 'true', npm_config_loglevel: 'silent' }
  t.equal(
    problemOf('../our-class', letters),
    'npm took --class for options of its own. Put two dashes before it: npm run learn -- --class ../our-class',
  )
  t.equal(problemOf('check 2', letters), undefined, 'of which all may be settings of npm')
  t.equal(problemOf('demo 4', { npm_config_2fa: 'true' }), undefined, 'a setting of npm is no time')
})

t.test('the usage names every command, in 80 columns at most', async (t) => {
  const words = 'list demo check hint reset diff solution next export import'
  for (const word of words.split(' ')) t.match(usage, new RegExp(`^npm run learn ${word}\\b`, 'm'))
  t.ok(usage.split('\n').every((line) => line.length <= 80))
})
