import type { Schema } from '../console/api/client'

type Field = Schema['Field']

const quote = (text: string): Schema['Evidence'] => ({ ref: 'text', start: 0, end: Array.from(text).length, quote: text })

/** A need with all that a field can be, made of a plain one. */
export function odd({ conversation_id: _, ...need }: Schema['Need']): Schema['Need'] {
  const field = (status: Field['status'], more: Partial<Field> = {}): Field => ({ value: null, status, source: 'contact', evidence: [], asks: 1, ...more })
  return {
    ...need,
    fields: {
      ...need.fields,
      problem: field('filled', { value: '强度上去了导电率就掉。'.repeat(180), source: 'document', evidence: [quote('强度上去了导电率就掉')] }),
      deadline: field('conflict', {
        value: [{ iso: 'P12M', text: '一年' }, { iso: '2027-06', text: '明年六月' }], evidence: [quote('一年'), quote('明年六月')],
      }),
      budget: field('declined', { raw: '预算这个不方便说。' }),
      foundation: field('delegated', { to: '设备科的李工' }),
      ip_terms: field('vague', { raw: '看情况再说吧。' }),
      root_cause: field('unknown'),
      chain: field('missing', { asks: 0 }),
    },
    suggestions: { chain: { value: '有色金属', why: '铜带' } },
    routes: [{ kind: 'purchase', why: 'what is sought can be bought', evidence: [quote('买现成的')] }],
    indicators: [
      {
        id: 'i1', name: '导电率', op: '≥', current: { text: '76', num: 76 }, target: { text: '80', num: 80 }, unit: '%IACS', condition: '20 ℃',
        method: 'GB/T 32791', priority: 'must', status: 'filled', evidence: [quote('导电率')], checks: { rule: false, aligned: true, agree: false },
      },
      {
        id: 'i2', name: '软化温度', op: null, current: null, target: null, unit: null, condition: null,
        method: null, priority: 'want', status: 'delegated', evidence: [],
      },
    ],
  }
}
