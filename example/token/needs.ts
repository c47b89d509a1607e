import type { CheckId } from './types.ts'

/**
 * What must hold before a check means anything. A failure hides the checks that need it and no
 * others: all that a token says depends on its signature, but a wrong `typ` does not hide an expiry.
 */
export const needs: Readonly<Record<CheckId, readonly CheckId[]>> = {
  length: [],
  form: ['length'],
  header: ['form'],
  type: ['header'],
  algorithm: ['header'],
  critical: ['header'],
  'embedded-key': ['header'],
  key: ['header', 'algorithm'],
  signature: ['header', 'algorithm', 'critical', 'key'],
  claims: ['signature'],
  expiry: ['claims'],
  lifetime: ['claims'],
  'not-before': ['claims'],
  'issued-at': ['claims'],
  issuer: ['claims'],
  audience: ['claims'],
  identifiers: ['claims'],
}
