import { download } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { papers, printPaper } from './printing.ts'

export const paperRoutes = papers.map((kind) =>
  download<Complaint>(`/complaints/:number/${kind}.pdf`, {
    load: complaintFor,
    allow: complaintPolicy.print,
    send: ({ actor, record, now }) => printPaper(actor, record, kind, now),
  }),
)
