// The scan box (views/archive/scan/box.ejs): what is scanned goes to the form of the open page that waits for it, else it opens.
const quick = 60
// `elements.item` is a method of its own.
const fieldOf = (form) => form.elements.namedItem('item')

export default function scan(form) {
  const input = fieldOf(form)
  const waiting = () => [...document.querySelectorAll('form[data-scan]')].find(fieldOf)
  const target = waiting()
  if (target && input.dataset.does) {
    const does = input.dataset.does.replace('{act}', target.dataset.scanWord ?? '')
    input.title = does
    input.placeholder = target.dataset.scanWord ?? input.placeholder
  }

  function hand(event) {
    const to = waiting()
    if (!to || input.value.trim() === '') return
    event.preventDefault()
    event.stopImmediatePropagation()
    fieldOf(to).value = input.value.trim()
    input.value = ''
    to.requestSubmit()
  }
  form.addEventListener('submit', hand, { capture: true })

  // A wedge types faster than anybody: what comes so while no field has the focus is a scan and no shortcut.
  let typed = ''
  let last = 0
  function listen(event) {
    const { key, target: at, timeStamp } = event
    if (event.ctrlKey || event.metaKey || event.altKey || at.closest?.('input, textarea, select, [contenteditable]')) return
    const fast = timeStamp - last < quick
    last = timeStamp
    if (key === 'Enter' && fast && typed.length > 5) {
      event.preventDefault()
      event.stopImmediatePropagation()
      input.value = typed
      typed = ''
      form.requestSubmit()
    } else if (key.length === 1) {
      typed = fast ? typed + key : key
      if (fast) event.stopImmediatePropagation()
    }
  }
  document.addEventListener('keydown', listen, { capture: true })
  return () => document.removeEventListener('keydown', listen, { capture: true })
}
