import { create } from 'qrcode'

/** The dark modules of a code, side by side as one: strokes between them would show as hairs on paper. */
export function codeRuns(text: string): { width: number; runs: { x: number; y: number; length: number }[] } {
  const { modules } = create(text, { errorCorrectionLevel: 'Q' })
  const width = modules.size
  const runs: { x: number; y: number; length: number }[] = []
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      if (!modules.get(y, x)) continue
      const last = runs.at(-1)
      if (last?.y === y && last.x + last.length === x) last.length++
      else runs.push({ x, y, length: 1 })
    }
  return { width, runs }
}
