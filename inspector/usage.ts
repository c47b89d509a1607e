/** How to write the command. The terminal breaks its lines. */
export const usage = `Take a token apart, and check it. Any text with one token in it will do, such as a header.

  npm run inspect <token>
  echo $TOKEN | npm run --silent inspect -- --secret-file FILE

Options come after two dashes, or npm takes them for its own. Without --silent, npm prints the command that it runs. A token that still opens a door belongs in standard input: what is in a command, everybody on this machine can read while it runs.

  --secret-file FILE
      The shared secret, for HS256, HS384 and HS512, such as data/secret. One line end after it is left out. What is public, such as the n or x of a JWK, is no secret and proves nothing.
  --secret TEXT
      The same on the command line, for a secret that is made up. A real one would show in your shell’s history, and in the list of processes.
  --key FILE, --jwks FILE
      PEM, a JWK or a key set (RFC 7517). Of a private key only the public half is used; a JWK with kty oct is a secret. Of a set the token’s kid names one key, and that key’s own alg has to match.
  --issuer, --audience, --type TEXT
      What iss, aud and typ have to be. What you leave out is not checked.
  --now SECONDS
      The time to check against, in seconds since 1970.
  --json
      The same report for programs: one JSON object.
  --help
      This text.

The exit code is 0 when the token was decoded or accepted, 1 when it was refused, and 2 when there was nothing to look at or nowhere to write.`
