// Imported before a demonstration: whoever read along may go, as in `npm run learn demo 7 | head`.
process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 1 : 2))
