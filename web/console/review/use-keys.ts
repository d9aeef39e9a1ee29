import { useEffect, useRef } from 'react'

/**
 * Calls what belongs to a key, unless somebody writes, chooses from a list, or
 * looks at a dialog. Arrows belong to what scrolls or has tabs.
 */
export function useKeys(keys: Partial<Record<string, () => void>>) {
  const current = useRef(keys)
  useEffect(() => { current.current = keys })
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || document.querySelector('dialog[open]')) return
      const at = e.target instanceof Element ? e.target : undefined
      if (at?.closest('input, textarea, select, [role=menu], [contenteditable]')) return
      if (e.key.startsWith('Arrow') && at?.closest('[role=tablist], [data-scrolls]')) return
      const act = current.current[e.key]
      if (!act) return
      e.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
