import type { Schema } from '../api/client'

export type Event = Schema['WebhookEvent']

// In the order of a need's and a case's life; the type holds that each is named.
const all: Record<Event, true> = {
  'need.draft': true, 'need.interviewing': true, 'need.review': true, 'need.returned': true, 'need.published': true,
  'need.matching': true, 'need.signed': true, 'need.solved': true, 'need.shelved': true, 'need.expired': true,
  'need.merged': true, 'need.superseded': true, 'need.unmerged': true,
  'case.opened': true, 'case.recommended': true, 'case.declined': true, 'case.consented': true, 'case.met': true,
  'case.signed': true, 'case.produced': true, 'case.followed_up': true, 'case.next_step': true, 'case.noted': true,
  'case.overdue': true, 'case.ended': true, 'case.reopened': true,
}

/** What a webhook can be told of. */
export const events = Object.keys(all) as Event[]

/** The key of an event's words. */
export const kindOf = (event: string): string => `hooks.kind.${event.replace('.', '_')}`
