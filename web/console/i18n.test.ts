import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import en from './i18n/en.json'
import zh from './i18n/zh.json'

type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const out = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') out.set(prefix + key, value)
    else for (const [k, v] of flat(value, `${prefix}${key}.`)) out.set(k, v)
  }
  return out
}

const texts = { zh: flat(zh), en: flat(en) }

test('both languages have the same keys, and a text for each', () => {
  expect([...texts.en.keys()]).toEqual([...texts.zh.keys()])
  for (const all of Object.values(texts)) for (const [key, text] of all) expect(text, key).not.toBe('')
})

test('no name stands twice in a group: the second would hide the first', () => {
  for (const file of ['zh', 'en']) {
    const open: Set<string>[] = []
    for (const m of readFileSync(join(import.meta.dirname, `i18n/${file}.json`), 'utf8').matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/g)) {
      if (m[0] === '{') open.push(new Set())
      else if (m[0] === '}') open.pop()
      else if (m[2] !== undefined) {
        expect(open.at(-1)?.has(m[1] ?? ''), `${file}: ${m[1]}`).toBe(false)
        open.at(-1)?.add(m[1] ?? '')
      }
    }
  }
})

test('both languages take the same values', () => {
  const values = (text = '') => [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort()
  for (const [key, text] of texts.zh) expect(values(texts.en.get(key)), key).toEqual(values(text))
})

test('every text that the code names is there, and every group that it builds names from', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f) && !f.endsWith('.test.ts'))
    .map((f) => readFileSync(join(import.meta.dirname, f), 'utf8'))
    .join('\n')
  const named = [...sources.matchAll(/\bt\('([\w.]+)'/g)].map((m) => m[1] ?? '')
  expect(named.length).toBeGreaterThan(50)
  for (const key of named) expect(texts.zh.has(key), key).toBe(true)
  const groups = [...sources.matchAll(/\bt\(\[?`(\w+)\.\$/g)].map((m) => m[1] ?? '')
  for (const group of groups) expect([...texts.zh.keys()].some((k) => k.startsWith(`${group}.`)), group).toBe(true)
})
