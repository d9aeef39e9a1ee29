import type { Schema } from '../api/client'
import { figure, shown } from './value'

export type Event = Schema['NeedEvent']

/** One thing that happened to a need, with what stood there before. */
export interface Change {
  event: Event
  before: string
  after: string
}

/** What interviews leave behind that says nothing of the need itself. */
const talk = new Set(['asked', 'need_switched', 'noted', 'command_dropped'])

/** The changes of a need, the newest first. With all, also those of the talk that led there. */
export function changes(events: Event[], all: boolean): Change[] {
  const fields = new Map<string, string>()
  const rows = new Map<string, string>()
  let title = ''
  const out: Change[] = []
  for (const event of events) {
    let before = ''
    let after = ''
    if (event.kind === 'value_set' || event.kind === 'value_corrected' || event.kind === 'value_retracted') {
      after = shown(event.value)
      if (event.key) {
        if (event.kind !== 'value_set') before = fields.get(event.key) ?? ''
        fields.set(event.key, event.kind === 'value_set' ? [fields.get(event.key), after].filter(Boolean).join('；') : after)
      }
    } else if (event.kind === 'conflict_found' && event.key) {
      before = fields.get(event.key) ?? ''
      after = shown(event.value)
    } else if (event.indicator) {
      after = row(event.indicator)
      before = rows.get(event.indicator.id) ?? ''
      rows.set(event.indicator.id, after)
      if (event.kind === 'row_removed') after = ''
    } else if (event.kind === 'title_set') {
      before = title
      after = title = event.note ?? ''
    }
    if (all || !talk.has(event.kind)) out.push({ event, before: before === after ? '' : before, after })
  }
  return out.reverse()
}

function row(i: Schema['Indicator']): string {
  const [current, target] = [figure(i.current, i.unit), figure(i.target, i.unit, i.op)]
  return [i.name, [current, target].filter(Boolean).join(' → '), i.condition].filter(Boolean).join('，')
}
