import { describe, expect, test } from 'vitest'
import { Sessions, draftKey, openShelf, placeOf, queueKey, resumeLink, sessionOfFragment } from './storage'

const session = { id: '0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000', token: 'tok_0123456789abcdefghij' }
const memory = () => openShelf(() => { throw new Error('forbidden') })

describe('where sessions are kept', () => {
  test('an invitation and a link to go on', () => {
    expect(['/c/demo', '/c/demo/', '/c/', '/c/a/b', '/s/continue', '/'].map(placeOf))
      .toEqual([{ invite: 'demo' }, { invite: 'demo' }, { resume: true }, { resume: true }, { resume: true }, { resume: true }])
  })

  test('each invitation has its own, and the last is found without one', () => {
    const sessions = new Sessions(memory())
    sessions.keep({ invite: 'demo' }, session)
    expect(sessions.find({ invite: 'demo' })).toEqual(session)
    expect(sessions.find({ invite: 'other' })).toBeUndefined()
    expect(sessions.find({ resume: true })).toEqual(session)
  })

  test('forgetting leaves nothing behind, nor takes another session', () => {
    const shelf = memory()
    const sessions = new Sessions(shelf)
    const newer = { ...session, id: session.id.replace('0190', '0191') }
    sessions.keep({ invite: 'demo' }, session)
    sessions.keep({ invite: 'other' }, newer)
    shelf.setItem(draftKey(session), '草稿')
    shelf.setItem(queueKey(session), '[]')
    sessions.forget({ invite: 'demo' }, session)
    expect(sessions.find({ invite: 'demo' })).toBeUndefined()
    expect(sessions.find({ resume: true })).toEqual(newer)
    expect([shelf.getItem(draftKey(session)), shelf.getItem(queueKey(session))]).toEqual([null, null])
  })

  test('what is not a session is passed over', () => {
    const shelf = memory()
    for (const text of ['', '{', 'null', '[]', '{"id":1,"token":2}']) {
      shelf.setItem('tanxu:last', text)
      expect(new Sessions(shelf).find({ resume: true })).toBeUndefined()
    }
  })

  test('a link holds the session in its fragment only', () => {
    const link = new URL(resumeLink('https://chat.example', session))
    expect(link.pathname + link.search).toBe('/s/continue')
    expect(sessionOfFragment(link.hash)).toEqual(session)
    expect(['', '#', '#a.b', '#0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000', `${link.hash}<script>`].map(sessionOfFragment)).toEqual(Array(5).fill(undefined))
  })
})
