import t from 'tap'
import { deviceName } from '../../../example/accounts/device.ts'

t.test('what people recognize a device by', async (t) => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const named: Array<[given: string, userAgent: string | undefined, name: string]> = [
    ['My phone', firefox, 'My phone'],
    ['', firefox, 'Firefox on Linux'],
    ['', 'curl/8.5.0', 'curl/8.5.0'],
    ['', 'python-requests/2.32 (a comment)', 'python-requests/2.32'],
    ['', undefined, 'Unknown device'],
    ['', ' ', 'Unknown device'],
    [' \u00a0', firefox, 'Unknown device'],
    ['\u202e\0\n', '', 'Unknown device'],
    ['a\u202eb\u2028c\x1b[2J', '', 'abc[2J'],
    ['x'.repeat(10_000), '', 'x'.repeat(60)],
    ['🦊'.repeat(70), '', '🦊'.repeat(60)],
  ]
  for (const [given, userAgent, name] of named) t.equal(deviceName(given, userAgent), name)
})
