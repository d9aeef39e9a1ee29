import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import zh from '../i18n/zh.json'
import { operations } from './operations'

test('each operation that is written down has a name', () => {
  const document = readFileSync(join(import.meta.dirname, '../../../api/openapi.yaml'), 'utf8')
  const audited: string[] = []
  let path = ''
  for (const m of document.matchAll(/^ {2}(\/\S*):|^ {4}(get|post|put|patch|delete):\n {6}operationId: (\w+)\n(?: {6}x-audit: (\w+)\n)?/gm)) {
    if (m[1]) path = m[1]
    else if (!path.startsWith('/chat') && (m[4] ?? String(m[2] !== 'get')) === 'true') audited.push(m[3] ?? '')
  }
  expect(audited.length).toBeGreaterThan(40)
  expect(operations).toEqual(audited)
  for (const o of operations) expect(zh.op, o).toHaveProperty(o)
})
