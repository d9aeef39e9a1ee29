// Writes console/api/schema.ts, the types of the API, from api/openapi.yaml. Its
// last line holds the sum of that file, so that a test can tell when it is stale.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const web = join(import.meta.dirname, '..')
const source = join(web, '..', 'api', 'openapi.yaml')
const target = join(web, 'console', 'api', 'schema.ts')
const tools = ['-p', 'typescript@5.9.3', '-p', 'openapi-typescript@7.13.0']
execFileSync('npx', ['--yes', ...tools, 'openapi-typescript', source, '-o', target], { cwd: web, stdio: 'inherit' })
appendFileSync(target, `// openapi.yaml: ${createHash('sha256').update(readFileSync(source)).digest('hex')}\n`)
