export interface Piece { text: string; other: boolean }

const longest = 1200 // characters a side; what is longer is shown as a whole

/** The pieces of a text, and which of them the other text does not have: by the longest common subsequence of characters. */
export function pieces(text: string, against: string): Piece[] {
  const a = [...text]
  const b = [...against]
  if (text === against || a.length === 0) return a.length ? [{ text, other: false }] : []
  if (a.length > longest || b.length > longest) return [{ text, other: true }]
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
    }
  }
  const out: Piece[] = []
  const add = (c: string, other: boolean) => {
    const last = out[out.length - 1]
    if (last?.other === other) last.text += c
    else out.push({ text: c, other })
  }
  for (let i = 0, j = 0; i < a.length;) {
    if (j < b.length && a[i] === b[j]) {
      add(a[i++]!, false)
      j++
    } else if (j < b.length && common[i * width + j + 1]! >= common[(i + 1) * width + j]!) j++
    else add(a[i++]!, true)
  }
  return out
}
