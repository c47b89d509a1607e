import type { Routes } from '../http/router.ts'
import { assetHandler } from '../server/assets.ts'
import { healthHandler } from '../server/health.ts'
import { inspectOwnHandler, inspectPastedHandler } from '../server/inspect.ts'
import { beginFamilyHandler, familyHandler, useFamilyHandler } from './handlers/family.ts'
import { logoutByHeaderHandler, logoutHandler, signedOutHandler } from './handlers/logout.ts'
import { outboxHandler } from './handlers/outbox.ts'
import { pageHandler } from './handlers/page.ts'
import { passwordFormHandler, passwordHandler } from './handlers/password.ts'
import { refreshHandler } from './handlers/refresh.ts'
import { renewHandler } from './handlers/renew.ts'
import { resetHandler, sendResetLinkHandler } from './handlers/reset.ts'
import {
  endAllSessionsHandler,
  endSessionHandler,
  endSessionsHandler,
  sessionsHandler,
} from './handlers/sessions.ts'
import { endSessionsOfHandler, sessionsOfHandler } from './handlers/sessions-of.ts'
import { signInHandler } from './handlers/sign-in.ts'
import { signUpHandler } from './handlers/sign-up.ts'
import { enabledHandler, removeUserHandler, rolesHandler, usersHandler } from './handlers/users.ts'
import { sendVerifyLinkHandler, verifyHandler } from './handlers/verify.ts'
import { welcomeHandler } from './handlers/welcome.ts'
import { createInspect } from './inspect.ts'
import { linkPageHandler } from './link-page.ts'
import { said } from './said.ts'
import type { Shared } from './shared.ts'
import type { Said } from './views.ts'

/** All routes: what each does, and who may ask. */
export function routesOf(shared: Shared): Routes {
  const { requireToken, views, sendLink, teaching } = shared
  const administrators = { roles: ['ADMIN'] } as const
  const page = (page: (subject: string | undefined) => string) => pageHandler(page, shared)
  const saying = (what: Said) => page((subject) => views.said({ ...what, subject }))
  const inspecting = { ...shared, inspect: createInspect(shared) }

  return {
    '/': { GET: page((subject) => views.home({ subject })) },
    '/signup': {
      GET: page((subject) => views.signUp({ subject })),
      POST: signUpHandler(shared),
    },
    '/signin': {
      GET: page((subject) => views.signIn({ subject })),
      POST: signInHandler(shared),
    },
    // A route of your own looks like this one: what it does, wrapped in who may.
    '/welcome': { GET: requireToken(welcomeHandler(shared), { roles: ['CLIENT', 'ADMIN'] }) },
    '/refresh':
      shared.rules.policy === 'window'
        ? { GET: requireToken(renewHandler(shared)) }
        : { POST: refreshHandler(shared) },
    '/logout': { GET: logoutByHeaderHandler(shared), HEAD: false, POST: logoutHandler(shared) },
    '/signed-out': { GET: signedOutHandler(shared) },
    '/sessions': {
      GET: requireToken(sessionsHandler(shared)),
      DELETE: requireToken(endAllSessionsHandler(shared)),
    },
    '/sessions/end': { POST: requireToken(endSessionsHandler(shared)) },
    '/sessions/:id': { DELETE: requireToken(endSessionHandler(shared)) },
    '/password': {
      GET: requireToken(passwordFormHandler(shared)),
      POST: requireToken(passwordHandler(shared)),
    },
    '/password/done': { GET: requireToken(saying(said.passwordChanged)) },
    '/users': { GET: requireToken(usersHandler(shared), administrators) },
    '/users/:name': { DELETE: requireToken(removeUserHandler(shared), administrators) },
    '/users/:name/sessions': {
      GET: requireToken(sessionsOfHandler(shared), administrators),
      DELETE: requireToken(endSessionsOfHandler(shared), administrators),
    },
    '/users/:name/roles': { PUT: requireToken(rolesHandler(shared), administrators) },
    '/users/:name/enabled': { PUT: requireToken(enabledHandler(shared), administrators) },
    '/health': { GET: healthHandler(shared) },
    '/style.css': { GET: assetHandler({ type: 'css', body: views.css }) },
    '/favicon.svg': { GET: assetHandler({ type: 'svg', body: views.icon }) },
    ...(sendLink && {
      '/verify': { GET: linkPageHandler('verify-email', shared), POST: verifyHandler(shared) },
      '/verify/send': { POST: requireToken(sendVerifyLinkHandler({ ...shared, sendLink })) },
      '/verify/done': { GET: saying(said.verified) },
      '/reset': { GET: linkPageHandler('reset-password', shared), POST: resetHandler(shared) },
      '/reset/send': {
        GET: page((subject) => views.forgot({ subject })),
        POST: sendResetLinkHandler({ ...shared, sendLink }),
      },
      '/reset/done': { GET: saying(said.passwordReset) },
    }),
    ...(teaching && {
      '/inspect': { GET: inspectOwnHandler(inspecting), POST: inspectPastedHandler(inspecting) },
      '/outbox': { GET: outboxHandler(shared) },
      '/family': {
        GET: requireToken(familyHandler(shared)),
        POST: requireToken(beginFamilyHandler(shared)),
      },
      '/family/use': { POST: requireToken(useFamilyHandler(shared)) },
    }),
  }
}
