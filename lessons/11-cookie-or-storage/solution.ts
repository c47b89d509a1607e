export { clearCookie, setCookie } from '../../example/http/cookie.ts'
export { readToken } from '../../example/http/read-token.ts'
export { requireSameOrigin } from '../../example/http/same-origin.ts'

export const firstStep: 'HttpOnly' | 'SameSite' | 'neither' | undefined = 'neither'
