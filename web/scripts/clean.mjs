// Removes what an earlier build left in dist, but for the committed placeholder.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const dist = join(import.meta.dirname, '..', 'dist')
for (const name of readdirSync(dist)) {
  if (name !== 'index.html') rmSync(join(dist, name), { recursive: true })
}
