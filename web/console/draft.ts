import { useEffect, useState } from 'react'
import { useMe } from './session'

/**
 * The state of a form that outlives its page: what was typed is there again when
 * the form is opened after a reload or a new sign-in. Closing the form ends that.
 * It stays in the tab, and belongs to who has typed it.
 */
export function useDraft<T>(form: string, initial: T): { value: T; set: (change: (old: T) => T) => void; restored: boolean } {
  const key = `draft/${useMe().id}/${form}`
  const [state, setState] = useState(() => {
    const kept = read<T>(key)
    return { value: kept ?? initial, restored: kept !== undefined, typed: kept !== undefined }
  })
  useEffect(() => {
    if (state.typed) write(key, JSON.stringify(state.value))
  }, [key, state])
  useEffect(() => () => write(key, undefined), [key]) // a reload ends nothing
  return { value: state.value, restored: state.restored, set: (change) => setState((old) => ({ ...old, typed: true, value: change(old.value) })) }
}

// A browser may refuse to keep anything, or have no room: then a form is lost with its page, as forms are.
function read<T>(key: string): T | undefined {
  try {
    const kept = sessionStorage.getItem(key)
    return kept === null ? undefined : JSON.parse(kept) as T
  } catch {
    return undefined
  }
}

function write(key: string, text: string | undefined) {
  try {
    if (text === undefined) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // as above
  }
}
