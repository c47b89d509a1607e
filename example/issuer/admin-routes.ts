import type { RateLimit } from '../http/rate-limit.ts'
import type { Routes } from '../http/router.ts'
import type { HttpRequest } from '../http/types.ts'
import {
  addAdministrator,
  allAdministrators,
  deleteAdministrator,
} from './handlers/admin/administrators.ts'
import { inviteApplication, newClientToken } from './handlers/admin/applications.ts'
import { addGroup, deleteGroup } from './handlers/admin/groups.ts'
import { allKeys, dropKey, rotateKeys, showSecret } from './handlers/admin/keys.ts'
import {
  addNamespace,
  allNamespaces,
  changeNamespace,
  deleteNamespace,
  namespaceFields,
  namespaceInfo,
  newNamespaceFields,
} from './handlers/admin/namespaces.ts'
import { allSessions, endSession } from './handlers/admin/sessions.ts'
import { adminLoginHandler, adminLogoutHandler } from './handlers/admin/sign-in.ts'
import {
  addUser,
  allUsers,
  changeUser,
  deleteUser,
  newUserFields,
  userFields,
} from './handlers/admin/users.ts'
import type { Parts } from './parts.ts'
import type { Rules } from './registration.ts'
import { createRequireAdministrator } from './require-administrator.ts'

type Shared = Parts & {
  readonly addressOf: (req: HttpRequest) => string
  readonly signIns: RateLimit
  readonly maxBodyBytes: number
  readonly defaults: Rules
  readonly now: () => number
}

/** What administrators ask for: all of it POST and JSON, and who may ask stands beside each. */
export function adminRoutes(shared: Shared): Routes {
  const { ofServer, ofNamespace } = createRequireAdministrator(shared)
  return {
    '/admin/login': { POST: adminLoginHandler(shared) },
    '/admin/logout': { POST: adminLogoutHandler(shared) },
    '/admin/namespaces/add': { POST: ofServer(newNamespaceFields, addNamespace(shared)) },
    '/admin/namespaces/all': { POST: ofServer(['after'], allNamespaces(shared)) },
    '/admin/namespaces/info': { POST: ofNamespace([], namespaceInfo) },
    '/admin/namespaces/change': { POST: ofNamespace(namespaceFields, changeNamespace(shared)) },
    '/admin/namespaces/delete': { POST: ofServer(['namespace'], deleteNamespace(shared)) },
    '/admin/keys/all': { POST: ofNamespace([], allKeys(shared)) },
    '/admin/keys/rotate': { POST: ofNamespace([], rotateKeys(shared)) },
    '/admin/keys/drop': { POST: ofNamespace(['kid'], dropKey(shared)) },
    '/admin/keys/secret': { POST: ofNamespace([], showSecret(shared)) },
    '/admin/users/add': { POST: ofNamespace(newUserFields, addUser(shared)) },
    '/admin/users/all': { POST: ofNamespace(['after'], allUsers(shared)) },
    '/admin/users/change': { POST: ofNamespace(userFields, changeUser(shared)) },
    '/admin/users/delete': { POST: ofNamespace(['username'], deleteUser(shared)) },
    '/admin/sessions/all': { POST: ofNamespace(['username'], allSessions(shared)) },
    '/admin/sessions/end': { POST: ofNamespace(['username', 'id'], endSession(shared)) },
    '/admin/groups/add': { POST: ofNamespace(['name'], addGroup('groups', shared)) },
    '/admin/groups/delete': { POST: ofNamespace(['name'], deleteGroup('groups', shared)) },
    '/admin/organisations/add': { POST: ofNamespace(['name'], addGroup('organisations', shared)) },
    '/admin/organisations/delete': {
      POST: ofNamespace(['name'], deleteGroup('organisations', shared)),
    },
    '/admin/administrators/add': {
      POST: ofServer(['username', 'password', 'namespace'], addAdministrator(shared)),
    },
    '/admin/administrators/all': { POST: ofServer([], allAdministrators(shared)) },
    '/admin/administrators/delete': { POST: ofServer(['username'], deleteAdministrator(shared)) },
    '/admin/audit': { POST: ofServer([], async () => ({ events: shared.recentEvents() })) },
    '/admin/applications/invite': { POST: ofServer([], inviteApplication(shared)) },
    '/admin/applications/client-token': { POST: ofNamespace([], newClientToken(shared)) },
  }
}
