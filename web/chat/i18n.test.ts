import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { known, preferred, translator } from './i18n'
import en from './i18n/en.json'
import zh from './i18n/zh.json'

const here = import.meta.dirname
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing'))
  .map((name) => ({ name, text: readFileSync(join(here, name), 'utf8') }))

describe('texts', () => {
  test('have the same keys in both languages, and none is empty', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
    expect(Object.entries({ ...zh, ...en }).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('take the same values in both languages', () => {
    const values = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([whole]) => whole).sort()
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(values(en[key]), key).toEqual(values(zh[key]))
  })

  test('are all used', () => {
    const code = sources.map(({ text }) => text).join('\n')
    const families = ['status_', 'field_', 'from_', 'data_', 'expired', 'erased']
    const unused = Object.keys(zh).filter((key) => !code.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)))
    expect(unused).toEqual([])
  })

  test('hold every status, sender and state of the API', () => {
    const named = ['consent', 'interviewing', 'confirming', 'done', 'handed_over', 'paused', 'closed', 'missing', 'vague', 'confirmed', 'conflict', 'declined', 'unknown', 'delegated']
    expect(named.filter((status) => !known(`status_${status}`))).toEqual([])
    expect(['contact', 'bot', 'broker', 'system'].filter((from) => !known(`from_${from}`))).toEqual([])
  })

  test('put values in', () => {
    expect(translator('zh')('progress', { done: 7, total: 13 })).toBe('已了解 7/13 项')
    expect(translator('en')('progress', { done: 7, total: 13 })).toBe('7 of 13 points settled')
  })

  test('are Chinese unless the browser asks for English', () => {
    expect([['zh-CN'], ['en-GB', 'zh'], ['de'], []].map(preferred)).toEqual(['zh', 'en', 'zh', 'zh'])
  })
})

describe('sources', () => {
  test('never make markup of text, nor styles or scripts in line', () => {
    const forbidden = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|setAttribute\('(style|on)/
    expect(sources.filter(({ text }) => forbidden.test(text)).map(({ name }) => name)).toEqual([])
    expect(readFileSync(join(here, 'index.html'), 'utf8')).not.toMatch(/<style|style=|<script>|\son\w+=/)
  })

  test('hold no words for people', () => {
    const words = sources.filter(({ text }) => /[\u4e00-\u9fff]/.test(text.replace(/\/\/.*|'探'/g, '')))
    expect(words.map(({ name }) => name)).toEqual([])
  })

  test('use nothing that the browsers of three years ago lack', () => {
    const young = /\.at\(-?\d|\.findLast\(|\.toSorted\(|structuredClone|Object\.groupBy|crypto\.randomUUID\(/
    expect(sources.filter(({ text }) => young.test(text)).map(({ name }) => name)).toEqual([])
  })
})
