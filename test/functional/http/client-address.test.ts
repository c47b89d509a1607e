import t from 'tap'
import { clientAddress, countedBy } from '../../../example/http/client-address.ts'
import { mockRequest } from '../../support/mock-http.ts'

const PROXY = '10.0.0.1'

t.test('clientAddress()', async (t) => {
  const of = (forwarded: string | undefined, trustedProxies: number) =>
    clientAddress(
      mockRequest({
        remoteAddress: PROXY,
        ...(forwarded === undefined ? {} : { headers: { 'x-forwarded-for': forwarded } }),
      }),
      trustedProxies,
    )

  t.test('without proxies is what the socket says, whatever a header claims', async (t) => {
    t.equal(of('198.51.100.1', 0), PROXY)
    t.equal(clientAddress({ ...mockRequest(), socket: {} }, 0), 'unknown', 'it has gone')
  })

  t.test('behind proxies is what the outermost of them saw', async (t) => {
    t.equal(of('198.51.100.1', 1), '198.51.100.1')
    t.equal(of('192.0.2.66, 198.51.100.1', 1), '198.51.100.1', 'before it stands a mere claim')
    t.equal(of('192.0.2.66,198.51.100.1 , 10.0.0.2', 2), '198.51.100.1')
    t.equal(of('2001:db8::1', 1), '2001:db8::1')
  })

  t.test('without the port that some proxies add', async (t) => {
    t.equal(of('198.51.100.1:50123', 1), '198.51.100.1')
    t.equal(of('[2001:db8::1]:50123', 1), '2001:db8::1')
    t.equal(of('[2001:db8::1]', 1), '2001:db8::1')
  })

  const senseless = [undefined, '', ',', 'unknown', '_hidden', '198.51.100', '[1.2.3', 'a, ']
  for (const forwarded of senseless) {
    t.test(`is the proxy's where it sends ${forwarded ?? 'nothing'}`, async (t) => {
      t.equal(of(forwarded, 1), PROXY)
      t.equal(of(forwarded, 3), PROXY, 'also when there are fewer entries than proxies')
    })
  }
})

t.test('countedBy()', async (t) => {
  const counted: Record<string, string> = {
    '198.51.100.1': '198.51.100.1',
    '::ffff:198.51.100.1': '198.51.100.1',
    '::FFFF:c633:6401': '198.51.100.1',
    '0:0:0:0:0:ffff:198.51.100.1': '198.51.100.1',
    '::5:6:7:8:192.0.2.1': '0:0:5:6::/64',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
    '2001:0DB8:0001:2::': '2001:db8:1:2::/64',
    '2001:db8::1': '2001:db8:0:0::/64',
    '::1': '0:0:0:0::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    unknown: 'unknown',
  }
  for (const [address, expected] of Object.entries(counted)) {
    t.test(`${address} by ${expected}`, async (t) => {
      t.equal(countedBy(address), expected)
    })
  }
})
