import createClient from 'openapi-fetch'
import i18next from 'i18next'
import { lang } from '../i18n'
import type { components, paths } from './schema'

export type Schema = components['schemas']
export type Problem = Schema['Problem']

/** What went wrong, in the words that the service gives. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    const places = problem.errors?.map((place) => place.detail) ?? []
    super([problem.title, ...new Set(places)].join(' '))
    this.problem = problem
  }
}

/** The status behind an error: 0 if the service was not reached, undefined for faults of the page itself. */
export const statusOf = (error: Error | null) => (error instanceof ProblemError ? error.problem.status : undefined)

/** Hears "expired" when the service does not know the session any more. */
export const sessions = new EventTarget()

export const api = createClient<paths>({ baseUrl: '/api/v1' })

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', lang())
    return request
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.startsWith('/auth/')) sessions.dispatchEvent(new Event('expired'))
  },
  onError: () => unknown(0),
})

/** Returns the data of an answer, or throws what is wrong. */
export function data<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.response.ok) return answer.data as T
  const problem = answer.error
  throw isProblem(problem) ? new ProblemError(problem) : unknown(answer.response.status)
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value && 'status' in value && 'code' in value
}

/** What did not come from the service itself, but from the network or a proxy before it. */
function unknown(status: number): ProblemError {
  const title = i18next.t([`trouble.${status}`, 'trouble.unknown'], { status })
  return new ProblemError({ type: 'about:blank', title, status, code: 'unknown' })
}

/** The version of a need as its If-Match. */
export const ifMatch = (version: number) => `"${version}"`

/** All items of a list that is read to its end; the API gives at most 100 a page. */
export async function everything<T>(page: (cursor: string | undefined) => Promise<{ items: T[]; next_cursor: string | null }>): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | undefined; ;) {
    const next = await page(cursor)
    all.push(...next.items)
    if (!next.next_cursor) return all
    cursor = next.next_cursor
  }
}

/** A new Idempotency-Key. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
