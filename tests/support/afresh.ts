import { vi } from 'vitest'
import { forgetAcknowledgements } from '../../src/acknowledgements/gate.ts'
import { forgetWaiting } from '../../src/access/waiting.ts'
import { forgetPaces } from '../../src/alerts/watching.ts'
import { forgetCalendar } from '../../src/calendar/queries.ts'
import { forgetCounts as forgetComplaintCounts } from '../../src/complaints/list/tabs.ts'
import { forgetWide } from '../../src/complaints/list/wide.ts'
import { forgetOver } from '../../src/credit/overview/kept.ts'
import { forgetCounts } from '../../src/customers/list/tabs.ts'
import { forgetBeyond } from '../../src/lib/beyond.ts'
import { moveClock, shiftClock } from '../../src/lib/clock.ts'
import { forgetRegulations } from '../../src/regulations/in-force.ts'
import { forgetMissing } from '../../src/verifications/missing.ts'
import { returnHome } from './connected.ts'
import { forgetCast } from './make.ts'

// Set up before every test file that shares its modules (vitest.config.ts): what the one before may have left in memory is
// put back here, so that no file needs to. Whatever in src/ remembers rows or times has its line here.
vi.useRealTimers()
moveClock(() => new Date())
shiftClock(0)
await returnHome()
forgetRegulations()
forgetCalendar()
forgetCounts()
forgetBeyond()
forgetWide()
forgetComplaintCounts()
forgetMissing()
forgetOver()
forgetPaces()
forgetAcknowledgements()
forgetWaiting()
forgetCast()
