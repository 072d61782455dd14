// The keyboard (design.md, section 6). Single letters work outside fields only, and not for people who switched them off.
const { up } = window

const field =
  'input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]'
const visible = (element) => element?.checkVisibility?.() ?? element?.offsetParent !== null
const within = (selector) => [...up.layer.element.querySelectorAll(selector)].filter(visible)
const press = (element) => element && (firstFill(element) || (element.focus(), element.click(), true))

// When g was pressed last; the next letter within a second and a half says where to.
let gone = -Infinity

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return
  if (event.altKey) return handled(event, !event.ctrlKey && !event.metaKey && leap(event))
  if (event.target.dataset?.armed) return handled(event, armed(event))
  if (event.ctrlKey || event.metaKey) return handled(event, combination(event))
  if (event.target.matches?.(field) || document.documentElement.dataset.keys === 'off') return
  handled(event, singleKey(event))
})

/** Alt and a digit lead to the part of a long form that shows it, with or without the browser's own way of it. */
function leap({ code }) {
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(code) ?? []
  const [place] = digit ? [...up.layer.element.querySelectorAll(`[accesskey="${digit}"]`)] : []
  if (!place) return
  const chosen = place.type === 'radio' ? place.closest('fieldset')?.querySelector(':checked') : null
  return ((chosen ?? place).focus(), true)
}

function handled(event, done) {
  if (done) event.preventDefault()
}

/** Ctrl+Enter is the main act of the form one is in, Ctrl+S saves and stays. */
function combination({ key, target, shiftKey }) {
  if (shiftKey) return
  const form =
    target.form ??
    target.closest?.('form[method=post]') ??
    within('[up-main] form[method=post]:has(.btn-primary[type=submit])')[0]
  if (key === 'Enter') return press(form?.querySelector('.btn-primary[type=submit]'))
  if (key === 's')
    return press(form?.querySelector('[data-key=save]') ?? form?.querySelector('.btn-primary[type=submit]'))
}

function singleKey({ key, target, timeStamp }) {
  const afterG = timeStamp - gone < 1500
  gone = -Infinity
  if (afterG) return press(document.querySelector(`[data-go="${CSS.escape(key)}"]`))
  if (key === 'g') return ((gone = timeStamp), true)
  const open = document.querySelector('.menu[open] .menu-list')
  const choice = open && [...open.querySelectorAll('a')].find((a) => a.querySelector('kbd')?.textContent === key)
  if (choice) return press(choice)
  if (key === '/') return search()
  if (key === 'n') return create()
  if (key === '?') return press(within('[aria-keyshortcuts="?"]')[0])
  if (key === 'j') return step(1)
  if (key === 'k') return step(-1)
  if (key === ' ') return tick(target)
  return /^[a-z[\]]$/.test(key) && press(within(`[data-key="${key}"]`)[0])
}

function search() {
  const box = within('[data-behaviour~="live-search"] input, [role=search] input[type=search]')[0]
  if (box) return (box.focus(), box.select(), true)
}

function create() {
  const menu = document.getElementById('create-menu')
  if (!visible(menu)) return
  menu.open = true
  menu.querySelector('a').focus()
  return true
}

/** The box of the row one is in, or of the row that is open. */
function tick(target) {
  const own = target.closest?.('tr, .inbox-list li, .together-rows > li')
  // A link does nothing with a space.
  if (!own && target.closest?.('button, summary, label, input')) return
  const row = own ?? document.querySelector('.inbox-list li:has([aria-current=true])')
  const box = row?.querySelector('.first input:not(:disabled)')
  if (box) return (box.click(), target.focus(), true)
  // Nothing to tick here: the space must not scroll the list away.
  return row?.matches('.inbox-list li')
}

/** An act that needs words first, as a refusal its reason: the key leads to the field, and Enter there does the act. */
function firstFill(button) {
  const needed = button.dataset.needs && button.form?.elements.namedItem(button.dataset.needs)
  if (!needed || needed.value.trim() !== '') return
  tellArmed(needed, button)
  needed.focus()
  return true
}

function armed({ key, target, shiftKey }) {
  const button = target.form?.querySelector(`[data-key="${CSS.escape(target.dataset.armed)}"]`)
  if (key === 'Escape') return (tellArmed(target, null), target.blur(), true)
  if (key !== 'Enter' || shiftKey || !button || target.value.trim() === '') return
  return (tellArmed(target, null), target.form.requestSubmit(button), true)
}

function tellArmed(field, button) {
  if (button) field.dataset.armed = button.dataset.key
  else delete field.dataset.armed
  const told = field.closest('form').querySelector('p[data-armed]')
  if (told) Object.assign(told, { hidden: !button, textContent: button?.dataset.hint ?? '' })
}

/** To the next row: its first link takes the focus, so Enter opens it; where the list is beside what it opens, at once. */
function step(by) {
  const rows = within(':is(.table > tbody > tr, .queues > li, .inbox-list ul > li, .together-rows > li, .hits > li):has(a[href])')
  if (!rows.length) return
  const inside = rows.findIndex((row) => row.contains(document.activeElement))
  const at = inside < 0 ? rows.findIndex((row) => row.querySelector('[aria-current=true]')) : inside
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]
  const link = next.querySelector('a[href]:not(.rule-chip)')
  link.focus()
  if (next.closest('[data-opens]') && link.ariaCurrent !== 'true') void up.follow(link, { focus: 'keep' }).catch(() => {})
  return true
}
