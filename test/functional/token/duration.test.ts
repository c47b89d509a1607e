import t from 'tap'
import { parseDuration, sayDuration } from '../../../example/token/duration.ts'

t.test('parseDuration()', async (t) => {
  const read: Record<string, number> = {
    '1s': 1,
    '90s': 90,
    '10m': 600,
    '1h': 3600,
    '1h30m': 5400,
    '7d': 604_800,
    '1d1h1m1s': 90_061,
    '0h5s': 5,
    '007s': 7,
    '999999999s': 999_999_999,
    '999999d': 86_399_913_600,
  }
  for (const [text, seconds] of Object.entries(read)) {
    t.test(`reads ${text}`, async (t) => {
      t.equal(parseDuration(text), seconds)
    })
  }

  // `expiresIn: '60'` of a well-known library means 60 milliseconds: here a number needs its unit.
  // biome-ignore format: a line for each kind
  const refused = [
    '', ' ', '0s', '0d0h0m0s', '60', '60ms', 's', '1', 'x', '1y', '1w',
    '-1s', '+1s', '1.5h', '1e3s', '0x10s', '1S', '1H', '٣s', 'Infinitys',
    ' 1s', '1s ', '1s\n', '1 s', '1h 30m', '30m1h', '1h1h', '1s1s', '1s2', 's1',
    '1000000d', '1000000000s',
  ]
  for (const text of refused) {
    t.test(`refuses ${JSON.stringify(text)}`, async (t) => {
      t.equal(parseDuration(text), undefined)
    })
  }
})

t.test('sayDuration()', async (t) => {
  const said: [seconds: number, text: string][] = [
    [0, '0 seconds'],
    [-5, '0 seconds'],
    [0.5, '0 seconds'],
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [61, '1 minute 1 second'],
    [3599, '59 minutes 59 seconds'],
    [3600, '1 hour'],
    [3601, '1 hour'],
    [5400, '1 hour 30 minutes'],
    [86_399, '23 hours 59 minutes'],
    [86_400, '1 day'],
    [604_799, '6 days 23 hours'],
    [172_800 + 59, '2 days'],
    [86_400 * 365, '365 days'],
  ]
  for (const [seconds, text] of said) {
    t.test(`says ${text} for ${seconds}`, async (t) => {
      t.equal(sayDuration(seconds), text)
    })
  }
})
