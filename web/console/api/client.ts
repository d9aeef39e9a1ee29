import createClient from 'openapi-fetch'
import { lang } from '../i18n'
import type { components, paths } from './schema'

export type Schema = components['schemas']
export type Problem = Schema['Problem']

/** What went wrong, in the words that the service gives. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

export const api = createClient<paths>({ baseUrl: '/api/v1' })

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', lang())
    return request
  },
})

/** Returns the data of an answer, or throws what is wrong. */
export function data<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.response.ok) return answer.data as T
  const problem = answer.error as Problem | undefined
  throw new ProblemError(
    problem?.title ? problem : { type: 'about:blank', title: `HTTP ${answer.response.status}`, status: answer.response.status, code: 'unknown' },
  )
}

/** The version of a need as its If-Match. */
export const ifMatch = (version: number) => `"${version}"`
