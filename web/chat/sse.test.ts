import { describe, expect, test } from 'vitest'
import { EventParser } from './sse'

const stream = 'retry: 2000\n\n: still here\n\nevent: message\nid: m1\ndata: {"text":"你好"}\n\nevent: state\ndata: {"a":\ndata: 1}\n\n'
const events = [
  { name: 'message', id: 'm1', data: '{"text":"你好"}' },
  { name: 'state', id: '', data: '{"a":\n1}' },
]

describe('an event stream', () => {
  test('is read whole', () => {
    expect(new EventParser().push(stream)).toEqual(events)
  })

  test('is read from any two pieces', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const parser = new EventParser()
      expect([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]).toEqual(events)
    }
  })

  test('may end its lines as Windows does, in any two pieces', () => {
    const windows = stream.replaceAll('\n', '\r\n')
    for (let cut = 0; cut <= windows.length; cut++) {
      const parser = new EventParser()
      expect([...parser.push(windows.slice(0, cut)), ...parser.push(windows.slice(cut))]).toEqual(events)
    }
  })

  test('gives no event before its blank line', () => {
    expect(new EventParser().push('event: message\ndata: 1\n')).toEqual([])
  })
})
