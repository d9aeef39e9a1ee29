import type { Session } from './types'

/** What of Storage is used; a Map stands in where a browser forbids it. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Returns localStorage if it can be written, else a shelf for this page only. */
export function openShelf(storage: () => Storage): Shelf {
  try {
    const shelf = storage()
    shelf.setItem('tanxu:probe', '1')
    shelf.removeItem('tanxu:probe')
    return shelf
  } catch {
    const memory = new Map<string, string>()
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    }
  }
}

/** Where the page was opened: by an invitation, or to go on with a session. */
export type Place = { invite: string } | { resume: true }

export function placeOf(path: string): Place {
  const invite = /^\/c\/([A-Za-z0-9_-]{1,64})\/?$/.exec(path)?.[1]
  return invite === undefined ? { resume: true } : { invite }
}

/** Sessions of this browser: one an invitation, and the last one used. */
export class Sessions {
  constructor(private readonly shelf: Shelf) {}

  find(place: Place): Session | undefined {
    return read(this.shelf.getItem(keyOf(place)))
  }

  keep(place: Place, session: Session): void {
    const text = JSON.stringify(session)
    this.shelf.setItem(keyOf(place), text)
    this.shelf.setItem(keyOf({ resume: true }), text)
  }

  /** Forgets a session wherever it is kept, with all that belongs to it. */
  forget(place: Place, session: Session): void {
    for (const key of [keyOf(place), keyOf({ resume: true })]) {
      if (read(this.shelf.getItem(key))?.id === session.id) this.shelf.removeItem(key)
    }
    this.shelf.removeItem(draftKey(session))
    this.shelf.removeItem(queueKey(session))
  }
}

export const draftKey = (session: Session): string => `tanxu:draft:${session.id}`
export const queueKey = (session: Session): string => `tanxu:queue:${session.id}`

function keyOf(place: Place): string {
  return 'invite' in place ? `tanxu:invite:${place.invite}` : 'tanxu:last'
}

function read(text: string | null): Session | undefined {
  if (text === null) return undefined
  try {
    const got = JSON.parse(text) as Partial<Session>
    return typeof got.id === 'string' && typeof got.token === 'string' ? { id: got.id, token: got.token } : undefined
  } catch {
    return undefined
  }
}

/**
 * The link by which a session is continued elsewhere. Everything secret stands
 * in the fragment, which no browser sends to a server.
 */
export function resumeLink(origin: string, session: Session): string {
  return `${origin}/s/continue#${session.id}.${session.token}`
}

export function sessionOfFragment(fragment: string): Session | undefined {
  const match = /^#([0-9a-f-]{36})\.([A-Za-z0-9_-]{20,200})$/.exec(fragment)
  return match?.[1] && match[2] ? { id: match[1], token: match[2] } : undefined
}
