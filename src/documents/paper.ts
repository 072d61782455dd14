/** A printed document as data: what stands on it, in words already translated and masked. `sheets.ts` decides how. */
export type Paper = {
  language: 'zh' | 'en'
  /** What a reader's window and bookmarks show. */
  title: string
  /** Also the date inside the file, so that the same content gives the same bytes. */
  printedAt: Date
  /** Across; without it the sheet stands upright. */
  landscape?: boolean
  /** Stands on every page; `mark` is the secrecy mark, empty for none. */
  head: { company: string; document: string; middle: string; mark: string }
  /** Stands on every page; `page` holds {page} and {pages}, `cover` takes its place on the cover. */
  foot: { left: string; middle: string; page: string; cover: string }
  cover?: Cover
  /** The heading of the list of sections; without it there is none. */
  index?: string
  sections: Section[]
  /** Travel inside the document, byte by byte as they are. */
  enclosed?: Enclosed[]
  /** The document, and what it encloses, opens only with this (AES-256). */
  password?: string
}

export type Enclosed = { name: string; description: string; type: string; bytes: Uint8Array }

export type Cover = {
  company: string
  kind: string
  name: string
  latin?: string | undefined
  facts: Fact[]
  notice: string
}

export type Fact = { label: string; value: string }

/** Numbered by the layout: 一、 in Chinese, 1. in English. */
export type Section = { title: string; blocks: Block[] }

export type Block =
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'table'; columns: Column[]; rows: string[][]; totals?: string[][] | undefined }
  | { kind: 'text'; text: string }
  /** A code to be read by a phone, with lines beside it. */
  | { kind: 'code'; code: string; lines: string[] }

/** `width` in millimetres; the columns without one share what is left. */
export type Column = { title: string; width?: number | undefined; align?: 'right' | undefined }
