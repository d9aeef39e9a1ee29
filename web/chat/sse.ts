/** One server-sent event. */
export interface ServerEvent {
  name: string
  id: string
  data: string
}

/**
 * Reads the text of an event stream in any pieces (the HTML standard, "server-
 * sent events"). Comments and fields that are not used here are passed over.
 */
export class EventParser {
  private rest = ''
  private event: ServerEvent = blank()

  push(piece: string): ServerEvent[] {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    const events: ServerEvent[] = []
    for (const line of lines) {
      if (line === '') {
        if (this.event.data !== '') events.push({ ...this.event, data: this.event.data.slice(0, -1) })
        this.event = blank()
      } else {
        this.field(line)
      }
    }
    return events
  }

  private field(line: string): void {
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') this.event.name = value
    else if (name === 'id') this.event.id = value
    else if (name === 'data') this.event.data += `${value}\n`
  }
}

const blank = (): ServerEvent => ({ name: 'message', id: '', data: '' })
