import Bowser from 'bowser'

const longest = 60
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

/** What people recognize a device by: the name that it gave itself, or what its user agent says. Trusted for nothing. */
export function deviceName(given: string, userAgent = ''): string {
  const name = given || fromUserAgent(userAgent) || 'Unknown device'
  return [...name.replace(unprintable, '').trim()].slice(0, longest).join('') || 'Unknown device'
}

/** `Firefox on Linux`, or for a program the first word: `curl/8.5.0`. */
function fromUserAgent(userAgent: string): string {
  if (userAgent === '') return ''
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500))
  const parts = [browser.name, os.name].filter((part) => part !== undefined && part !== '')
  return parts.length === 2 ? parts.join(' on ') : userAgent.replace(/ .*/s, '')
}
