// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Api, Problem, Unreachable } from './api'
import { Chat } from './chat'
import { type Shelf, openShelf } from './storage'
import type { Pace } from './stream'
import { FakeService } from './testing/fake'
import { interview } from './testing/script'

const pace: Pace = { first: 1_000, silence: 1_000, retry: 1, slowest: 5, poll: 5 }
const direct = fetch
let fake: FakeService
let shelf: Shelf
let chats: Chat[]

beforeEach(async () => {
  fake = new FakeService([...interview])
  const address = await fake.listen()
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => direct(address + path, init))
  shelf = openShelf(() => { throw new Error('none in this test') })
  chats = []
})
afterEach(async () => {
  chats.forEach((chat) => chat.stop())
  vi.unstubAllGlobals()
  await fake.close()
})

/** A conversation, and a way to wait until it is as it should be. */
function open(): { chat: Chat; until: (what: () => boolean) => Promise<void>; gone: () => boolean } {
  const waiting = new Set<() => void>()
  let gone = false
  const session = { id: fake.session, token: fake.token }
  const chat: Chat = new Chat(session, new Api(session), shelf, {
    changed: () => waiting.forEach((look) => look()),
    gone: () => {
      gone = true
      waiting.forEach((look) => look())
    },
    explain: (cause) => (cause instanceof Problem ? cause.detail : 'network'),
  }, pace)
  chats.push(chat)
  const until = (what: () => boolean): Promise<void> => new Promise((resolve) => {
    const look = (): void => {
      if (!what()) return
      waiting.delete(look)
      resolve()
    }
    waiting.add(look)
    look()
  })
  return { chat, until, gone: () => gone }
}

const texts = (chat: Chat): string[] => chat.messages.map((message) => `${message.from}: ${message.text}`)

describe('a conversation', () => {
  test('shows each message once, in order, whoever tells of it first', async () => {
    fake.say({ text: '您好' })
    const { chat, until } = open()
    chat.start()
    await until(() => chat.link === 'live' && chat.messages.length === 1)
    chat.say('一')
    chat.say('二')
    await until(() => chat.messages.length === 5 && chat.pending.length === 0)
    expect(texts(chat).filter((text) => text.startsWith('contact'))).toEqual(['contact: 一', 'contact: 二'])
    expect(new Set(chat.messages.map((message) => message.id)).size).toBe(5)
    expect(chat.state.progress).toEqual({ done: 2, total: 13 })
  })

  test('goes on after its stream was cut, without a gap', async () => {
    const { chat, until } = open()
    chat.start()
    await until(() => chat.link === 'live')
    fake.say({ text: '第一条' })
    await until(() => chat.messages.length === 1)
    fake.cut()
    fake.say({ text: '断开时的一条' })
    await until(() => chat.messages.length === 2)
    expect(texts(chat)).toEqual(['bot: 第一条', 'bot: 断开时的一条'])
  })

  test('asks for messages when streams do not pass', async () => {
    fake.streams = false
    const { chat, until } = open()
    chat.start()
    await until(() => chat.link === 'polling')
    fake.say({ text: '稍后一条' })
    await until(() => chat.messages.length === 1)
    fake.streams = true
    await until(() => chat.link === 'live')
  })

  test('keeps what was written offline and sends it once', async () => {
    fake.unplugged = () => true
    const first = open()
    first.chat.start()
    first.chat.say('断网时写的')
    await first.until(() => first.chat.pending[0]?.status === 'waiting' && first.chat.link === 'offline')
    first.chat.stop()

    const second = open() // the page was opened again
    expect(second.chat.pending.map((entry) => entry.text)).toEqual(['断网时写的'])
    fake.unplugged = () => false
    second.chat.start()
    second.chat.hurry()
    await second.until(() => second.chat.pending.length === 0 && second.chat.messages.length === 2)
    expect(fake.posted.map((message) => message.text)).toEqual(['断网时写的'])
  })

  test('repeats a message whose answer was lost, with the same id', async () => {
    const { chat, until } = open()
    chat.start()
    await until(() => chat.link === 'live')
    fake.refusal = { status: 503, code: 'unavailable', detail: '' }
    chat.choose('skip', '暂不方便说')
    await until(() => chat.pending[0]?.status === 'waiting')
    const id = chat.pending[0]?.client_id
    chat.hurry()
    await until(() => chat.pending.length === 0)
    expect(fake.posted).toEqual([{ client_id: id, choice: 'skip' }])
  })

  test('keeps a refused message with the reason, and sends the next', async () => {
    const { chat, until } = open()
    chat.start()
    fake.refusal = { status: 422, code: 'text_binary', detail: '不是文字' }
    chat.say('坏')
    chat.say('好')
    await until(() => fake.posted.length === 1 && chat.pending.length === 1)
    expect(chat.pending[0]).toMatchObject({ text: '坏', status: 'refused', why: '不是文字' })
    chat.drop(chat.pending[0]!)
    expect(chat.pending).toEqual([])
  })

  test('ends when the session is not valid any more', async () => {
    fake.erased = true
    const { chat, until, gone } = open()
    chat.start()
    await until(gone)
  })

  test('offers quick replies of the last message only, and not twice', async () => {
    const { chat, until } = open()
    fake.say({ text: '预算？', choices: [{ id: 'skip', label: '跳过' }] })
    chat.start()
    await until(() => chat.open?.choices.length === 1)
    chat.choose('skip', '跳过')
    expect(chat.open).toBeUndefined()
    await until(() => chat.open !== undefined)
    expect(chat.open?.choices).toEqual([])
  })

  test('keeps the draft beside the session', () => {
    open().chat.draft = '写了一半'
    expect(open().chat.draft).toBe('写了一半')
  })

  test('takes a broken queue for an empty one', () => {
    shelf.setItem(`tanxu:queue:${fake.session}`, '[{"text":1},null,"x"]')
    expect(open().chat.pending).toEqual([])
  })
})

describe('the API', () => {
  test('tells an unreachable service from a refusal', async () => {
    const api = new Api({ id: fake.session, token: 'wrong' })
    await expect(api.record()).rejects.toMatchObject({ status: 401, code: 'token_invalid', passing: false })
    fake.unplugged = () => true
    await expect(api.record()).rejects.toBeInstanceOf(Unreachable)
  })
})
