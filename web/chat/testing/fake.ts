// A small stand-in for the chat API in memory, for tests of the page only.
import { readFileSync } from 'node:fs'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Message, State } from '../types'

/** What the bot says next; the card stands for the read-back. */
export type Said = Partial<Message> & { state?: Partial<State> }

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

export class FakeService {
  readonly messages: Message[] = []
  readonly posted: { client_id: string; text?: string; choice?: string }[] = []
  state: State = { status: 'interviewing', owner: 'bot', progress: { done: 0, total: 13 }, need_ids: ['n1'], llm: 'off' }
  /** Requests for which this returns true lose their connection. */
  unplugged: (path: string) => boolean = () => false
  /** A problem for the next message. */
  refusal: { status: number; code: string; detail: string } | undefined
  streams = true
  erased = false
  readonly session = '0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000'
  readonly token = 'tok_0123456789abcdefghijklmnopqrstuvwxyz'
  private readonly seen = new Map<string, string>()
  private readonly open = new Set<ServerResponse>()
  private server: Server | undefined

  /** The bot says one of these after each message of the contact. */
  constructor(private readonly script: Said[], private readonly dist?: string) {}

  async listen(): Promise<string> {
    this.server = createServer((request, response) => void this.serve(request, response))
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.cut()
    this.server?.closeAllConnections()
    await new Promise((resolve) => this.server?.close(resolve))
  }

  /** Ends all event streams. */
  cut(): void {
    for (const response of this.open) response.destroy()
    this.open.clear()
  }

  say(said: Said): Message {
    const { state, ...message } = said
    if (state) this.state = { ...this.state, ...state }
    return this.add({ from: 'bot', ai: true, ...message })
  }

  typing(on: boolean): void {
    this.tell('typing', '', { on })
  }

  private add(message: Partial<Message>): Message {
    const whole: Message = {
      id: `m${String(this.messages.length + 1).padStart(3, '0')}`, from: 'contact', at: '2026-11-24T09:30:00+08:00',
      text: '', asks: [], probe: false, choices: [], card: null, ai: false, ...message,
    }
    this.messages.push(whole)
    this.tell('message', whole.id, whole)
    this.tell('state', '', this.state)
    return whole
  }

  private tell(name: string, id: string, data: unknown): void {
    for (const response of this.open) response.write(event(name, id, data))
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake')
    if (this.unplugged(url.pathname)) return void request.socket.destroy()
    if (!url.pathname.startsWith('/api/')) return this.page(url.pathname, response)
    const body = await read(request)
    const rest = url.pathname.slice('/api/v1/chat/sessions'.length)
    if (rest === '') return this.begin(response)
    if (this.erased || request.headers.authorization !== `Bearer ${this.token}`) {
      return problem(response, 401, 'token_invalid', '会话不存在')
    }
    this.call(`${request.method} ${rest.replace(/^\/[^/]+/, '')}`, url, request, body, response)
  }

  private call(call: string, url: URL, request: IncomingMessage, body: string, response: ServerResponse): void {
    switch (call) {
      case 'POST /messages':
        return this.post(JSON.parse(body), url.searchParams.has('wait'), response)
      case 'POST /files':
        this.add({ text: '文件：需求表.xlsx' })
        return answer(response, 202, { message_id: this.messages.at(-1)?.id })
      case 'GET /messages':
        return answer(response, 200, { messages: this.after(url.searchParams.get('after') ?? ''), state: this.state })
      case 'GET /events':
        return this.stream(String(request.headers['last-event-id'] ?? ''), response)
      case 'GET /record':
        return answer(response, 200, { needs: [record] })
      case 'DELETE ':
        this.erased = true
        response.writeHead(204).end()
        return this.cut()
      default:
        return problem(response, 404, 'not_found', '没有这个地址')
    }
  }

  private begin(response: ServerResponse): void {
    const first = this.say(this.script.shift() ?? { text: '您好' })
    answer(response, 201, { session_id: this.session, token: this.token, messages: [first], state: this.state })
  }

  private post(message: { client_id: string; text?: string; choice?: string }, wait: boolean, response: ServerResponse): void {
    if (this.refusal) {
      const { status, code, detail } = this.refusal
      this.refusal = undefined
      return problem(response, status, code, detail)
    }
    let id = this.seen.get(message.client_id)
    if (id === undefined) {
      this.posted.push(message)
      id = this.add({ text: message.text ?? this.label(message.choice) }).id
      this.seen.set(message.client_id, id)
      const next = this.script.shift()
      if (next) this.say(next)
    }
    const replies = this.after(id)
    answer(response, wait ? 200 : 202, wait ? { message_id: id, replies, state: this.state } : { message_id: id })
  }

  private label(choice: string | undefined): string {
    return this.messages.flatMap((message) => message.choices).find((offered) => offered.id === choice)?.label ?? ''
  }

  private after(id: string): Message[] {
    return this.messages.slice(this.messages.findIndex((message) => message.id === id) + 1)
  }

  private stream(last: string, response: ServerResponse): void {
    if (!this.streams) return problem(response, 502, 'bad_gateway', '')
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write('retry: 2000\n\n')
    for (const message of this.after(last)) response.write(event('message', message.id, message))
    response.write(event('state', '', this.state))
    this.open.add(response)
    response.on('close', () => this.open.delete(response))
  }

  private page(path: string, response: ServerResponse): void {
    const file = /^\/[cs]\//.test(path) ? 'chat/index.html' : path
    try {
      const body = readFileSync(join(this.dist ?? '', file))
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'text/plain', 'Content-Security-Policy': csp })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  }
}

function event(name: string, id: string, data: unknown): string {
  return `event: ${name}\n${id === '' ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

function problem(response: ServerResponse, status: number, code: string, detail: string): void {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify({ status, code, title: code, detail }))
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += String(piece)
  return body
}

const record = {
  schema: 'tanxu.need/1', id: 'n1', title: '高强高导铜合金带材',
  fields: {
    problem: { value: '铜合金带材在保持导电率的同时强度上不去', status: 'filled' },
    budget: { value: { min: 50, max: 100, unit: '万元' }, status: 'filled' },
    deadline: { value: { iso: 'P12M', text: '12 个月' }, status: 'filled' },
    tried: { value: ['调整时效温度', '换过两家供应商'], status: 'filled' },
    ip_terms: { value: null, status: 'declined' },
  },
  indicators: [{ name: '导电率', op: '≥', current: { text: '76' }, target: { text: '80' }, unit: '%IACS', condition: '20 ℃' }],
}
