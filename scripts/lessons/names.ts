import { METHODS, STATUS_CODES } from 'node:http'
import { builtinModules, createRequire } from 'node:module'

// Which names exist: in code, in JavaScript and node.

/** The words of a piece of code, its comments left out: names, and what stands in texts. */
export function wordsOf(code: string): Set<string> {
  return new Set(identifiers(code.replaceAll(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*/gs, '')))
}

/** A single letter stands for anything, as in `sign(a, b)`. */
export function identifiers(text: string): string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]+/gu) ?? []
}

/** What a learner may look up without us: the language, its types, and node's own modules. */
export function builtinNames(): Set<string> {
  const globals = Object.getOwnPropertyNames(globalThis).flatMap((name) => [
    name,
    ...namesWithin(Reflect.get(globalThis, name)),
  ])
  const require = createRequire(import.meta.url)
  const modules = moduleNames.flatMap((name) => [name, ...namesWithin(require(`node:${name}`))])
  const http = Object.values(STATUS_CODES).flatMap((reason) => identifiers(reason ?? ''))
  return new Set([...globals, ...modules, ...METHODS, ...http, ...keywords, 'node'])
}

const moduleNames = builtinModules.filter((name) =>
  /^(?:assert|buffer|child_process|crypto|events|fs|http|net|os|path|stream|timers|url|util)$/.test(
    name,
  ),
)

const keywords =
  `any as async await boolean break case catch class const continue default delete do else export
  extends false finally for from function if import in instanceof interface keyof let new never null number object of
  readonly return satisfies static string super switch this throw true try type typeof undefined unknown void while
  yield`.split(/\s+/)

/** Its members, and those of the classes that it holds. Nothing is called. */
function namesWithin(value: unknown): string[] {
  if (!isObject(value)) return []
  return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([name, descriptor]) => [
    name,
    ...methodsOf(descriptor.value),
    ...(name === 'prototype' ? methodsOf(value) : []),
  ])
}

function methodsOf(value: unknown): string[] {
  const prototype: unknown = typeof value === 'function' ? value.prototype : undefined
  return isObject(prototype) ? Object.getOwnPropertyNames(prototype) : []
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
