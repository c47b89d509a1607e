import { readdir, readFile } from 'node:fs/promises'
import t from 'tap'
import * as v from 'valibot'
import { parse } from 'yaml'

const root = new URL('../../', import.meta.url)
const text = (path: string) => readFile(new URL(path, root), 'utf8')
const json = async <T>(path: string, shape: v.GenericSchema<unknown, T>) =>
  v.parse(shape, JSON.parse(await text(path)))
const yaml = async <T>(path: string, shape: v.GenericSchema<unknown, T>) =>
  v.parse(shape, parse(await text(path)))

const strings = v.record(v.string(), v.string())

const devcontainer = await json(
  '.devcontainer/devcontainer.json',
  v.object({
    image: v.string(),
    forwardPorts: v.array(v.number()),
    portsAttributes: v.record(v.string(), v.object({ onAutoForward: v.string() })),
    customizations: v.object({ vscode: v.object({ settings: v.record(v.string(), v.unknown()) }) }),
    postCreateCommand: v.string(),
    postStartCommand: v.string(),
    postAttachCommand: v.string(),
  }),
)
const gitpod = await yaml(
  '.gitpod.yml',
  v.object({
    image: v.string(),
    ports: v.array(v.object({ port: v.number(), onOpen: v.string() })),
    tasks: v.array(v.object({ init: v.string(), command: v.string() })),
  }),
)
const packageJson = await json(
  'package.json',
  v.object({
    engines: v.object({ node: v.string() }),
    scripts: v.object({
      start: v.string(),
      'start:accounts': v.string(),
      'start:issuer': v.string(),
    }),
    dependencies: strings,
  }),
)
const further = v.object({
  build: v.string(),
  command: v.array(v.string()),
  profiles: v.optional(v.array(v.string())),
  ports: v.array(v.string()),
  environment: strings,
  volumes: v.array(v.string()),
})
const compose = await yaml(
  'compose.yml',
  v.object({
    services: v.object({
      server: v.object({ ports: v.array(v.string()), environment: strings }),
      accounts: further,
      issuer: further,
      redis: v.object({ ports: v.optional(v.array(v.string())), networks: v.array(v.string()) }),
    }),
    networks: v.record(v.string(), v.nullable(v.object({ internal: v.boolean() }))),
  }),
)
const workflow = await yaml(
  '.github/workflows/ci.yml',
  v.object({
    permissions: strings,
    jobs: v.object({
      promises: v.object({
        strategy: v.object({ matrix: v.object({ node: v.array(v.number()) }) }),
      }),
    }),
  }),
)
const lock = await json(
  'package-lock.json',
  v.object({
    packages: v.record(
      v.string(),
      v.looseObject({
        funding: v.optional(v.unknown()),
        hasInstallScript: v.optional(v.boolean()),
        optionalDependencies: v.optional(strings),
      }),
    ),
  }),
)
const packages = Object.entries(lock.packages)
const dockerfile = await text('Dockerfile')
const majors = workflow.jobs.promises.strategy.matrix.node
const nvmrc = Number(await text('.nvmrc'))

/** The words of one Dockerfile instruction, the last of its kind. */
function instruction(name: string) {
  return dockerfile
    .split('\n')
    .findLast((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1)
}

t.test('the cloud workspaces are one workspace', async (t) => {
  t.test('they start from the same image', async (t) => {
    t.equal(gitpod.image, devcontainer.image)
  })

  t.test(
    'they open the course beside the editor, and have a further port for each server',
    async (t) => {
      t.strictSame(devcontainer.forwardPorts, [1340, 1337, 8000, 8082])
      t.strictSame(devcontainer.portsAttributes, {
        1340: { onAutoForward: 'openPreview' },
        1337: { onAutoForward: 'notify' },
        8000: { onAutoForward: 'notify' },
        8082: { onAutoForward: 'notify' },
      })
      t.strictSame(gitpod.ports, [
        { port: 1340, onOpen: 'open-preview' },
        { port: 1337, onOpen: 'notify' },
        { port: 8000, onOpen: 'notify' },
        { port: 8082, onOpen: 'notify' },
      ])
    },
  )

  t.test('they prepare the checkout and start the server with the same commands', async (t) => {
    const { postCreateCommand, postStartCommand, postAttachCommand } = devcontainer
    t.strictSame(gitpod.tasks, [
      { init: postCreateCommand, command: `${postStartCommand}\n${postAttachCommand}\n` },
    ])
  })

  t.test('they install what a learner needs, and no Redis or browser', async (t) => {
    t.equal(devcontainer.postCreateCommand, 'npm ci')
  })

  t.test('both start once, beside the terminal, which says how to learn', async (t) => {
    const starts = /^nohup sh -c 'npm start >\S+ 2>&1 & npm run learn -- --web >\S+ 2>&1 &' >/
    t.match(devcontainer.postStartCommand, starts)
    const said =
      "echo 'The course is on port 1340, the session server on port 1337. To learn in a terminal, type: npm run learn'"
    t.equal(devcontainer.postAttachCommand, said, 'which comes again with every reload')
  })

  t.test('a page opens as its preview, where hints and answers are folded', async (t) => {
    t.strictSame(devcontainer.customizations.vscode.settings, {
      'workbench.editorAssociations': { '*.md': 'vscode.markdown.preview.editor' },
    })
  })
})

t.test('the container', async (t) => {
  t.test('listens on the port that compose.yml publishes, to this machine alone', async (t) => {
    t.equal(instruction('EXPOSE'), '1337 8000 8082')
    t.strictSame(compose.services.server.ports, ['127.0.0.1:1337:1337'])
    t.strictSame(compose.services.accounts.ports, ['127.0.0.1:8000:8000'])
    t.equal(compose.services.accounts.environment.PORT, '8000')
    t.strictSame(compose.services.issuer.ports, ['127.0.0.1:8082:8082'])
    t.equal(compose.services.issuer.environment.PORT, '8082')
    const asks = "fetch('http://127.0.0.1:' + (process.env.PORT || 1337) + '/health')"
    t.ok(instruction('  CMD')?.includes(asks), 'the health check asks there')
  })

  t.test('is the two other servers, too, with records of their own', async (t) => {
    for (const name of ['accounts', 'issuer'] as const) {
      const { build, command, volumes } = compose.services[name]
      t.equal(build, '.')
      t.equal(command.join(' '), packageJson.scripts[`start:${name}`])
      t.strictSame(volumes, [`${name}:/data`])
    }
  })

  t.test('is the issuer for whoever asks for it, and gives it no password', async (t) => {
    t.strictSame(compose.services.issuer.profiles, ['issuer'])
    t.match(compose.services.issuer.environment.ISSUER_PASSWORD, /^\$\{ISSUER_PASSWORD:-\}$/)
  })

  t.test('runs as the user node what `npm start` runs, without npm in between', async (t) => {
    const command = v.parse(v.array(v.string()), JSON.parse(instruction('CMD') ?? ''))
    t.equal(command.join(' '), packageJson.scripts.start)
    t.equal(instruction('USER'), 'node')
  })

  t.test('has every package that its command loads: none is for development only', async (t) => {
    t.hasOwnProp(packageJson.dependencies, 'esbuild')
  })

  t.test('does not start without its secrets, and has no default for them', async (t) => {
    const required = (environment: Readonly<Record<string, string>>) =>
      Object.keys(environment).filter((name) => environment[name]?.startsWith(`\${${name}:?`))
    const { server, accounts } = compose.services
    t.strictSame(required(server.environment), ['JWT_SECRET', 'DEMO_USER', 'DEMO_PASSWORD'])
    t.strictSame(required(accounts.environment), ['JWT_SECRET'])
  })

  t.test('is the only one that reaches Redis', async (t) => {
    t.equal(compose.services.redis.ports, undefined)
    for (const name of compose.services.redis.networks) {
      t.strictSame(compose.networks[name], { internal: true })
    }
  })
})

t.test('the versions of Node agree', async (t) => {
  const oldest = /^>=(\d+)\.(\d+)\.(\d+)$/.exec(packageJson.engines.node)?.slice(1).map(Number)
  const [major = 0, minor = 0, patch = 0] = oldest ?? []

  t.test('package.json asks for 20.20.2 or later', async (t) => {
    t.ok((major * 1000 + minor) * 1000 + patch >= 20_020_002, packageJson.engines.node)
  })

  t.test('CI tests the oldest that package.json allows, and none older', async (t) => {
    t.equal(Math.min(...majors), major)
  })

  t.test('CI tests the one in .nvmrc', async (t) => {
    t.ok(majors.includes(nvmrc), `${nvmrc} is one of ${majors}`)
  })

  t.test('the workspaces and the container run the one in .nvmrc', async (t) => {
    t.match(devcontainer.image, new RegExp(`:[\\d.]+-${nvmrc}-bookworm$`))
    t.equal(instruction('FROM'), `node:${nvmrc}-bookworm-slim`)
  })
})

t.test('a workflow can only do what was read', async (t) => {
  t.test('every action is pinned by its commit, with the version beside it', async (t) => {
    const files = await readdir(new URL('.github/workflows/', root))
    const texts = await Promise.all(files.map((file) => text(`.github/workflows/${file}`)))
    const uses = texts.flatMap((source) => source.match(/\buses:.*/g) ?? [])
    t.not(uses.length, 0)
    for (const line of uses) t.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  t.test('its token reads the repository and nothing else', async (t) => {
    t.strictSame(workflow.permissions, { contents: 'read' })
  })
})

t.test('package-lock.json serves every machine', async (t) => {
  t.test('it names no registry, so that each machine asks its own', async (t) => {
    const elsewhere = packages
      .filter(([, { funding, ...rest }]) => /"resolved"|https?:|git[+:]/.test(JSON.stringify(rest)))
      .map(([path]) => path)
    t.strictSame(elsewhere, [])
  })

  t.test('it has the packages of every platform, or `npm ci` refuses it', async (t) => {
    const has = (name: string) => packages.some(([path]) => path.endsWith(`node_modules/${name}`))
    const optional = packages.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}))
    t.strictSame(
      optional.filter((name) => !has(name)),
      [],
    )
  })

  t.test('it needs no install script, so that none has to be allowed', async (t) => {
    // These two bring their binaries: classic-level under prebuilds/, where it looks first, and
    // esbuild as the optional package of each platform. What their scripts do is only a fallback.
    // fsevents brings its own too, and is installed on macOS alone.
    const scripted = packages
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
      .filter((name) => name !== 'fsevents')
    t.strictSame(scripted.sort(), ['classic-level', 'esbuild'])
  })
})
