import { kindByType, pictures } from '../files/kinds.ts'

/** ARC-13: PDFs and pictures get their marks on every page; all else is printed elsewhere, with a cover sheet. */
export function isMarkable(type: string): boolean {
  const kind = kindByType(type)
  return kind === 'pdf' || (kind !== null && pictures.includes(kind))
}
