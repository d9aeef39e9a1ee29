/**
 * Scrolls what holds an element, and nothing else, least of all the window:
 * until the element stands in the upper part, or no further than to be seen.
 */
export function reveal(element: Element, how: 'upper' | 'seen') {
  const holder = holderOf(element)
  if (!holder) return
  const outer = holder.getBoundingClientRect()
  const inner = element.getBoundingClientRect()
  const top = inner.top - outer.top
  const margin = how === 'upper' ? holder.clientHeight / 3 : 48 // a bar may stick to the top
  if (how === 'seen' && top >= margin && inner.bottom <= outer.bottom) return
  const down = how === 'seen' && top >= margin ? inner.bottom - outer.bottom + margin : top - margin
  holder.scrollTo({ top: holder.scrollTop + down })
}

/** What scrolls when an element is not in view. */
function holderOf(element: Element): Element | null {
  let holder = element.parentElement
  while (holder && (holder.scrollHeight <= holder.clientHeight || !/auto|scroll/.test(getComputedStyle(holder).overflowY))) holder = holder.parentElement
  return holder
}
