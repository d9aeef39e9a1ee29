import { following, type Indicator, leading, lists, money, type Need, shown } from '../review/value'

/** What the need that stays does about a field: keep its own value, take the other's, or have both. */
export type Take = 'mine' | 'other' | 'both'

export interface Differing { key: string; mine: string; other: string; both: boolean }
export interface DifferingRow { row: Indicator; mine: Indicator | undefined }

const single = new Set([...money, 'deadline', 'coop_mode', 'ip_terms', 'confidentiality', 'need_type', 'chain', 'region'])

const valueOf = (n: Need, key: string) => (n.fields[key]?.status === 'conflict' ? '' : shown(n.fields[key]?.value))

const sameRow = (a: Indicator, b: Indicator) =>
  JSON.stringify([a.op, a.current, a.target, a.unit, a.condition, a.method]) === JSON.stringify([b.op, b.current, b.target, b.unit, b.condition, b.method])

/** The fields and rows of which the other need says something else, and the fields of which both say the same. */
export function differing(keep: Need, drop: Need): { fields: Differing[]; same: string[]; rows: DifferingRow[] } {
  const fields: Differing[] = []
  const same: string[] = []
  for (const key of [...leading, ...following]) {
    const mine = valueOf(keep, key)
    const other = valueOf(drop, key)
    if (!other) continue
    if (mine === other) same.push(key)
    else fields.push({ key, mine, other, both: mine !== '' && (lists.has(key) || !single.has(key)) })
  }
  const rows = drop.indicators
    .map((row) => ({ row, mine: keep.indicators.find((r) => r.name === row.name) }))
    .filter(({ row, mine }) => !mine || !sameRow(row, mine))
  return { fields, same, rows }
}

/** The proposal: what the need that stays lacks comes along, and nothing that it says is replaced. */
export function takesOf(keep: Need, drop: Need): Record<string, Take> {
  return Object.fromEntries(differing(keep, drop).fields.map((f) => [f.key, f.mine ? 'mine' : 'other']))
}
