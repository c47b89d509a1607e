import { blank, command, type Line, line } from './paper.ts'

const options: ReadonlyArray<[option: string, meaning: string]> = [
  [
    '--secret TEXT',
    'The shared secret, for HS256, HS384 and HS512. Keep a real one out of the history of your shell: --secret "$(cat data/secret)"',
  ],
  [
    '--key FILE',
    'PEM or a JWK, public or private: of a private key only the public half is used. A JWK with kty oct is a secret.',
  ],
  [
    '--jwks FILE or URL',
    'A key set (RFC 7517 §5), in a file or at an address of this machine. The kid and alg of the token choose among its keys.',
  ],
  [
    '--issuer, --audience, --type TEXT',
    'What iss, aud and typ have to say. What you leave out is not asked.',
  ],
  ['--now SECONDS', 'The time to check against, in seconds since 1970.'],
  ['--json', 'The same for programs: one JSON object.'],
  ['--help', 'This text.'],
]

/** How the command is written. */
export const usage: readonly Line[] = [
  line(
    0,
    'Take a token apart, and check it. A text with one token in it will do, such as a header.',
  ),
  blank,
  command('npm run inspect <token>'),
  command('npm run --silent inspect <token> -- --secret TEXT'),
  command('echo $TOKEN | npm run --silent inspect'),
  blank,
  line(
    0,
    'Options stand behind two dashes, or npm takes them for its own. Without --silent npm prints the line that it runs, and with it the token and the secret.',
  ),
  blank,
  ...options.flatMap(([option, meaning]) => [line(2, ['strong', option]), line(6, meaning)]),
  blank,
  line(
    0,
    'It ends with 0 when the token was decoded or accepted, with 1 when it is refused, and with 2 when there was nothing to look at.',
  ),
]
