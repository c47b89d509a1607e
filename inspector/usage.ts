import { blank, command, type Line, line } from './paper.ts'

const options: Readonly<Record<string, string>> = {
  '--secret-file FILE':
    'The shared secret, for HS256, HS384 and HS512, such as data/secret. One line end after it is left out. What is public, such as the n or x of a JWK, is no secret and proves nothing.',
  '--secret TEXT':
    'The same on the command line, for a secret that is made up. A real one would show in your shell’s history, and in the list of processes.',
  '--key FILE':
    'PEM or a JWK, public or private: of a private key only the public half is used. A JWK with kty oct is a secret.',
  '--jwks FILE or URL':
    'A key set (RFC 7517 §5), in a file or at an address of this machine. The token’s kid names one of its keys, and that key’s own alg has to match.',
  '--issuer, --audience, --type TEXT':
    'What iss, aud and typ have to be. What you leave out is not checked.',
  '--now SECONDS': 'The time to check against, in seconds since 1970.',
  '--json': 'The same report for programs: one JSON object.',
  '--help': 'This text.',
}

/** How to write the command. */
export const usage: readonly Line[] = [
  line(
    0,
    'Take a token apart, and check it. Any text with one token in it will do, such as a header.',
  ),
  blank,
  command('npm run inspect <token>'),
  command('echo $TOKEN | npm run --silent inspect -- --secret-file FILE'),
  blank,
  line(
    0,
    'Options come after two dashes, or npm takes them for its own. Without --silent, npm prints the command that it runs. A token that still opens a door belongs in standard input: what is in a command, everybody on this machine can read while it runs.',
  ),
  blank,
  ...Object.entries(options).flatMap(([option, meaning]) => [
    line(2, ['strong', option]),
    line(6, meaning),
  ]),
  blank,
  line(
    0,
    'The exit code is 0 when the token was decoded or accepted, 1 when it was refused, and 2 when there was nothing to look at or nowhere to write.',
  ),
]
