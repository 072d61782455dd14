/** Marks on every page of what is there already: a PDF, or pictures, each on a page of its own. */
export type Stamp = {
  language: 'zh' | 'en'
  title: string
  /** Also the date inside the file. */
  at: Date
  /** Two lines above and two below each page; `page` holds {page} and {pages}; `across` stands faintly over it. */
  words: { mark: string; head: string; holder: string; foot: string; notice: string; page: string; across: string }
  original: { kind: 'pdf'; bytes: Uint8Array } | { kind: 'pictures'; pages: Picture[] }
}
/** A JPEG. */
export type Picture = { bytes: Uint8Array; width: number; height: number }
export type Size = { width: number; height: number }

/** Why a file cannot be marked, where that is the file's own doing. */
export const faultIn = (problem: string) =>
  /\bstamp: (encrypted|broken)\b/.exec(problem)?.[1] as 'encrypted' | 'broken' | undefined
