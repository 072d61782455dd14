/*! With unpoly 3, MIT, (c) Henning Koch (https://unpoly.com) */
// Every page is whole without this. What it adds: no reloading, drawers, keys, search as one types.
import 'unpoly/unpoly.min.js'
import './navigation.js'
import './layers.js'
import './keys.js'
import alike from './behaviours/alike.js'
import attach from './behaviours/attach.js'
import back from './behaviours/back.js'
import copy from './behaviours/copy.js'
import divisions from './behaviours/divisions.js'
import draft from './behaviours/draft.js'
import inbox from './behaviours/inbox.js'
import intake from './behaviours/intake.js'
import lean from './behaviours/lean.js'
import liveSearch from './behaviours/live-search.js'
import menu from './behaviours/menu.js'
import moments from './behaviours/moments.js'
import notice from './behaviours/notice.js'
import './behaviours/once.js'
import ofCustomer from './behaviours/of-customer.js'
import opened from './behaviours/opened.js'
import pdf from './behaviours/pdf.js'
import pick from './behaviours/pick.js'
import printPage from './behaviours/print-page.js'
import refresh from './behaviours/refresh.js'
import remask from './behaviours/remask.js'
import repreview from './behaviours/repreview.js'
import scan from './behaviours/scan.js'
import strip from './behaviours/strip.js'
import suggest from './behaviours/suggest.js'
import when from './behaviours/when.js'

const behaviours = { alike, attach, back, copy, divisions, draft, inbox, intake, lean, 'live-search': liveSearch, menu, moments, notice, 'of-customer': ofCustomer, opened, pdf, pick, 'print-page': printPage, refresh, remask, repreview, scan, strip, suggest, when }
for (const [name, attach] of Object.entries(behaviours)) window.up.compiler(`[data-behaviour~="${name}"]`, attach)
// Every table that is wider than its place says so; unpoly keeps one selector with each function.
window.up.compiler('.table-frame', (frame) => strip(frame))
