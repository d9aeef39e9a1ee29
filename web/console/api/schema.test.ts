import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('schema.ts is made of openapi.yaml as it stands: npm run schema makes it anew', () => {
  const document = readFileSync(join(import.meta.dirname, '..', '..', '..', 'api', 'openapi.yaml'))
  const last = readFileSync(join(import.meta.dirname, 'schema.ts'), 'utf8').trimEnd().split('\n').at(-1)
  expect(last).toBe(`// openapi.yaml: ${createHash('sha256').update(document).digest('hex')}`)
})
