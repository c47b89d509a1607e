// What this machine asks of itself goes through no proxy. With NODE_USE_ENV_PROXY Node 24 sends every request to
// the one that the environment names, also those to a server that runs beside it.
const name = process.env.no_proxy === undefined ? 'NO_PROXY' : 'no_proxy'
const loopback = ['localhost', '127.0.0.1', '::1', '[::1]']
process.env[name] = [process.env[name] ?? '', ...loopback].filter((host) => host !== '').join(',')
