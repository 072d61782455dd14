import { momentIn, type ComplaintRow } from './complaints-invented.ts'

export type Lines = { table: string; columns: string; rows: unknown[][] }

/** CMP-08: the meeting and the warning that went before the remedy of a major one. */
export const crisesOf = (majors: ComplaintRow[], began: number): Lines[] => [
  {
    table: 'crisis_meeting',
    columns: 'complaint_id, held_at, chair_id, members, situation, decisions, recorded_at, recorded_by_id',
    rows: majors.map((row) => {
      const when = momentIn(row, 2, began)
      const by = row.caller.id
      return [row.id, when, by, [by], '客户损失较大，情绪激动', '当天派人到场，先止损再谈赔偿', when, by]
    }),
  },
  {
    table: 'told_line',
    columns: 'complaint_id, unit, at, person, way, recorded_at, by_id',
    rows: majors.flatMap((row) =>
      ['management', 'legal'].map((unit) => {
        const when = momentIn(row, 2, began)
        return [row.id, unit, when, '值班负责人', 'phone', when, row.caller.id]
      }),
    ),
  },
]
