import type { Schema } from '../api/client'

export type Case = Schema['Case']
export type CaseSummary = Schema['CaseSummary']
export type Stage = Schema['CaseStage']
export type Act = Schema['CaseAct']
export type Library = Schema['CaseLibrary']

/** The stages in which something has still to happen, in their order. */
export const openStages: Stage[] = ['shortlist', 'introduction', 'meeting', 'contract', 'production', 'follow_up']

/** Why a broker declines what the machine has ranked (as package need has them). */
export const declineReasons = [
  'other_field', 'other_object', 'indicator_too_low', 'immature', 'not_available', 'region', 'duplicate',
  'benefit_unclear', 'route_unclear', 'description_unclear', 'scientific', 'other',
] as const

/** Why a case that had begun well has ended. */
export const endReasons = ['price', 'terms', 'technology', 'no_answer', 'chosen_other', 'no_budget', 'plan_changed', 'solved_itself', 'other'] as const

/** Today at the centre, as dates of the API are written. */
export const today = (now = new Date()) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(now)
