import type { TFunction } from 'i18next'
import type { Schema } from '../api/client'
import { region } from '../codes'

export type Fact = Schema['RuleFact']

/** A condition as records keep it: a fact with one test, or all, any or not of others. */
export interface Condition {
  fact?: string
  is?: boolean | string
  in?: string[]
  at_least?: number | null
  at_most?: number | null
  between?: [number | null, number | null]
  all?: Condition[]
  any?: Condition[]
  not?: Condition
}

/** A rule as records keep it; without a condition a person decides. */
export interface Rule { text: string; when?: Condition }

/** What a condition asks: a fact, or how its parts go together. */
export type Kind = 'all' | 'any' | 'not' | 'fact'

export const kindOf = (c: Condition): Kind => (c.all ? 'all' : c.any ? 'any' : c.not ? 'not' : 'fact')

/** The parts of a condition that is made of others. */
export const partsOf = (c: Condition): Condition[] => c.all ?? c.any ?? (c.not ? [c.not] : [])

/** A condition of a kind that keeps the parts of another one, as far as it can. */
export function ofKind(kind: Kind, before: Condition): Condition {
  const parts = kindOf(before) === 'fact' ? [before] : partsOf(before)
  switch (kind) {
    case 'all': return { all: parts }
    case 'any': return { any: parts }
    case 'not': return { not: parts[0] ?? {} }
    default: return parts[0] ?? {}
  }
}

/** The words that a code or tag is compared with. */
export const wordsOf = (c: Condition): string[] => c.in ?? (typeof c.is === 'string' ? [c.is] : [])

export type Test = 'at_least' | 'at_most' | 'between'

export const testOf = (c: Condition): Test => (c.between ? 'between' : c.at_most !== undefined ? 'at_most' : 'at_least')

/** The test of a figure, with the figures of another test as far as it can. */
export function withTest(c: Condition, test: Test): Condition {
  const [low, high] = c.between ?? [c.at_least ?? c.at_most ?? null, c.at_most ?? null]
  const fact = c.fact ? { fact: c.fact } : {}
  switch (test) {
    case 'between': return { ...fact, between: [low, high] }
    case 'at_most': return { ...fact, at_most: high ?? low }
    default: return { ...fact, at_least: low }
  }
}

/** A condition that asks another fact, in the way that its shape wants. */
export function asking(fact: Fact): Condition {
  switch (fact.shape) {
    case 'flag': return { fact: fact.fact, is: true }
    case 'number': return { fact: fact.fact, at_least: null }
    default: return { fact: fact.fact, in: [] }
  }
}

type Say = TFunction

/** A condition in plain words. */
export function said(c: Condition, facts: Fact[], t: Say): string {
  const kind = kindOf(c)
  if (kind === 'not') return t('rules.says.not', { part: said(c.not ?? {}, facts, t) })
  if (kind !== 'fact') {
    const each = partsOf(c).map((p) => (kindOf(p) === 'fact' || kindOf(p) === 'not' ? said(p, facts, t) : t('rules.says.group', { part: said(p, facts, t) })))
    return each.join(t(`rules.says.${kind}`))
  }
  const fact = facts.find((f) => f.fact === c.fact)
  if (!fact) return t('rules.says.nothing')
  const [name, unit] = [fact.name, fact.unit ? ` ${fact.unit}` : '']
  if (fact.shape === 'flag') return c.is === false ? fact.no ?? t('rules.says.not', { part: name }) : name
  if (fact.shape === 'number') {
    const figure = (n: number | null | undefined) => n ?? '…'
    if (c.between) return t('rules.says.between', { name, low: figure(c.between[0]), high: figure(c.between[1]), unit })
    return c.at_most === undefined ? t('rules.says.at_least', { name, n: figure(c.at_least), unit }) : t('rules.says.at_most', { name, n: figure(c.at_most), unit })
  }
  const words = wordsOf(c).map((w) => (fact.fact === 'region' ? region(w) : w))
  return t('rules.says.in', { name, words: words.join(t('rules.says.or')) || '…' })
}

// The limits of the service (need.Condition).
const deepest = 5
export const mostRules = 30

/** Why a condition cannot be decided, as the name of a text; undefined if it can. */
export function faultOf(c: Condition, facts: Fact[], depth = 1): string | undefined {
  if (depth > deepest) return 'rules.wrong.deep'
  if (kindOf(c) !== 'fact') {
    const parts = partsOf(c)
    if (parts.length === 0) return 'rules.wrong.empty'
    return parts.map((p) => faultOf(p, facts, depth + 1)).find(Boolean)
  }
  const fact = facts.find((f) => f.fact === c.fact)
  if (!fact) return 'rules.wrong.fact'
  if (fact.shape === 'flag') return undefined
  if (fact.shape !== 'number') return wordsOf(c).length === 0 ? 'rules.wrong.words' : undefined
  const [low, high] = c.between ?? [c.at_least ?? c.at_most, c.at_least ?? c.at_most]
  if (low === null || low === undefined || high === null || high === undefined || low < 0) return 'rules.wrong.figure'
  return low > high ? 'rules.wrong.order' : undefined
}

/** The rules as they are kept: words that nobody wrote are those that the condition reads as. fault says in words what is wrong. */
export function settled(rules: Rule[], facts: Fact[], t: Say): { rules: Rule[]; fault?: string } {
  const out = rules.map((r) => ({ ...r, text: r.text.trim() || (r.when && !faultOf(r.when, facts) ? said(r.when, facts, t).slice(0, 200) : '') }))
  for (const [i, r] of out.entries()) {
    const what = (r.when && faultOf(r.when, facts)) ?? (r.text ? undefined : 'rules.wrong.text')
    if (what) return { rules: out, fault: t('rules.wrong.at', { at: i + 1, what: t(what) }) }
  }
  return { rules: out }
}
