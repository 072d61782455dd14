/*! With unpoly 3, MIT, (c) Henning Koch (https://unpoly.com) */
// Every page is whole without this. What it adds: no reloading, drawers, keys, search as one types.
import 'unpoly/unpoly.min.js'
import './navigation.js'
import './layers.js'
import './keys.js'
import back from './behaviours/back.js'
import copy from './behaviours/copy.js'
import liveSearch from './behaviours/live-search.js'
import menu from './behaviours/menu.js'
import notice from './behaviours/notice.js'
import './behaviours/once.js'
import pick from './behaviours/pick.js'
import refresh from './behaviours/refresh.js'

const behaviours = { back, copy, 'live-search': liveSearch, menu, notice, pick, refresh }
for (const [name, attach] of Object.entries(behaviours)) window.up.compiler(`[data-behaviour~="${name}"]`, attach)
