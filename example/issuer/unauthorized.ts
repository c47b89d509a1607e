import { challenge } from '../http/bearer.ts'
import { HttpError } from '../http/errors.ts'

/** 401, the same for every token that is not good: why is in the log. */
export const unusable = () =>
  new HttpError(401, 'The token is not usable: sign in again', challenge('invalid_token'))

/** 401, the same for every name and password that do not belong together. */
export const wrongCredentials = () =>
  new HttpError(401, 'The user name or the password is wrong', challenge())
