// Elements are made by hand and hold text nodes only: what people wrote can
// never become markup.

type Child = Node | string | undefined | false
type Props<T> = { [K in keyof T]?: T[K] } & { class?: string; testid?: string; attrs?: Record<string, string> }

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: name, testid, attrs, ...props }: Props<HTMLElementTagNameMap[K]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), props) as HTMLElementTagNameMap[K]
  if (name) element.className = name
  if (testid) element.dataset['testid'] = testid
  for (const [key, value] of Object.entries(attrs ?? {})) element.setAttribute(key, value)
  element.append(...kept(children))
  return element
}

export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...kept(children))
}

const kept = (children: Child[]): (Node | string)[] => children.filter((child): child is Node | string => child !== undefined && child !== false)

const paths = {
  send: 'M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4',
  attach: 'm20 11-8.2 8.2a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4L14.6 7',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5',
  menu: 'M5 7h14M5 12h14M5 17h14',
  down: 'm6 10 6 6 6-6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  spark: 'M12 4v4m0 8v4m8-8h-4m-8 0H4m11.5-3.5L15 9m-6 6-.5.5m0-7L9 9m6 6 .5.5',
  store: 'M5 7c0-1.7 3.1-3 7-3s7 1.3 7 3v10c0 1.7-3.1 3-7 3s-7-1.3-7-3V7Zm0 0c0 1.7 3.1 3 7 3s7-1.3 7-3M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3',
  eye: 'M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6Zm9 2.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  trash: 'M5 7h14M10 7V4.5h4V7m-7.5 0 .8 12.5h9.4L17.5 7M10.5 11v5m3-5v5',
  pause: 'M9 6v12M15 6v12',
  play: 'm8 5.5 10 6.5-10 6.5v-13Z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3L12 6.3M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  data: 'M6 4h9l4 4v12H6V4Zm3 8h7m-7 4h7m-7-8h3',
  globe: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Zm-8.5-8.5h17M12 3.5c2.5 2.4 3.5 5.2 3.5 8.5s-1 6.1-3.5 8.5c-2.5-2.4-3.5-5.2-3.5-8.5s1-6.1 3.5-8.5Z',
} as const

export function icon(name: keyof typeof paths): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}
