/** How a cell shows its number: as one, or as a moment of which the day, the time or both count. */
export type NumberLook = 'number' | 'date' | 'time' | 'moment'

const dayMs = 86_400_000

/** What a cell's number says, in digits: 13800001234 and no 1.38E+10; what has more than 15 digits is as the file has it. */
export function numberText(raw: string, look: NumberLook, from1904: boolean): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (look !== 'number') return momentText(value, from1904)
  if (/^-?\d+$/u.test(raw)) return raw
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)))
}

/** By the number of a built-in format, or the code of one's own. */
export function lookOf(format: number, code: string | undefined): NumberLook {
  if (code === undefined) return builtIn(format)
  const plain = code
    .replace(/"[^"]*"|\\.|_.|\*./gu, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/giu, '')
    .toLowerCase()
    .split(';')[0]!
  const time = /[hs]|上午|am\/pm/u.test(plain)
  const day = /[yd]/u.test(plain) || (/m/u.test(plain) && !time)
  return day ? (time ? 'moment' : 'date') : time ? 'time' : 'number'
}

function builtIn(format: number): NumberLook {
  if (format === 22) return 'moment'
  if ((format >= 18 && format <= 21) || (format >= 45 && format <= 47) || (format >= 32 && format <= 35)) return 'time'
  return (format >= 14 && format <= 17) || (format >= 27 && format <= 36) || (format >= 50 && format <= 58)
    ? 'date'
    : 'number'
}

/** 2026-11-22, with the time where there is one. Excel believes in a 29 February 1900; days before it lie one off. */
function momentText(serial: number, from1904: boolean): string {
  if (serial < 0 || serial > 2_958_466) return String(serial)
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const text = new Date(Math.round((start + serial * dayMs) / 1000) * 1000).toISOString()
  const [day, time] = [text.slice(0, 10), text.slice(11, 19).replace(/:00$/u, '')]
  if (serial < 1) return time
  return time === '00:00' ? day : `${day} ${time}`
}
