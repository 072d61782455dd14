// A complaint is taken while somebody speaks: who calls, what may be the same matter, the level, the clocks and who could
// handle it come back for what is typed so far (data-around). Without a script the form's draft does the same.
const pause = 350
const ofCaller = ['phone', 'complainant', 'product']
const left = ['_csrf', '_form', 'act', 'draft']

export default function intake(form) {
  const aside = document.querySelector('[data-behaviour~="intake-aside"]')
  if (!aside) return
  const part = (name, within = document) => within.querySelector(`[data-part="${name}"]`)
  const valueOf = (name) => form.elements.namedItem(name)?.value ?? ''
  // Whom the person chose by hand; else the server says who is meant.
  let chosen = part('callers').dataset.given || null
  let looked = callerText()
  let last = query()
  let under = null
  let clock

  function callerText() {
    return ofCaller.map(valueOf).join('\n')
  }

  function query() {
    const values = new URLSearchParams()
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string' && value !== '' && !left.includes(name)) values.set(name, value.slice(0, name === 'what' ? 200 : 400))
    const changed = callerText() !== looked
    values.set('look', changed ? '1' : '0')
    if (changed && !chosen) values.delete('customer')
    else if (chosen !== null) values.set('customer', chosen)
    else values.set('customer', new FormData(form).get('customer') ?? '')
    return String(values)
  }

  async function ask() {
    const asked = query()
    if (asked === last) return
    last = asked
    const looking = callerText()
    const fresh = looking !== looked
    under?.abort()
    under = new AbortController()
    try {
      const response = await fetch(`${form.dataset.around}?${asked}`, { signal: under.signal, redirect: 'error' })
      if (!response.ok) throw new Error(response.statusText)
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      looked = looking
      const names = ['check', 'alike', 'level', 'clocks', 'accused', 'department', 'handlers']
      for (const name of fresh ? ['callers', ...names] : names) put(part(name), part(name, page))
      if (fresh) fill()
    } catch (error) {
      if (error.name !== 'AbortError') last = null
    }
  }

  /** Puts the new words where the old ones stand, unless somebody is in there or nothing differs. */
  function put(old, fresh) {
    if (!old || !fresh || old.innerHTML === fresh.innerHTML || old.contains(document.activeElement)) return
    old.replaceChildren(...fresh.childNodes)
    window.up.hello(old)
  }

  /** What the customer's record knows and nobody has typed; a name or a plate typed to find him makes room for the phone. */
  function fill() {
    const found = aside.querySelector('input[name=customer]:checked')
    if (!found?.value) return
    const phone = form.elements.namedItem('phone')
    const typed = phone.value.trim()
    if (typed !== '' && !/^[+\d][\d\s()（）-]{2,}$/u.test(typed) && !typed.includes('*')) phone.value = ''
    for (const name of ofCaller) {
      const field = form.elements.namedItem(name)
      if (field.value.trim() === '' && found.dataset[name]) field.value = found.dataset[name]
    }
    looked = callerText()
  }

  const soon = () => {
    clearTimeout(clock)
    clock = setTimeout(ask, pause)
  }
  function changed({ target }) {
    if (target.name === 'customer') {
      chosen = target.value
      fill()
    }
    // The draft keeps what is chosen beside the form, too.
    form.dispatchEvent(new Event('input'))
    soon()
  }
  form.addEventListener('input', soon)
  form.addEventListener('change', soon)
  aside.addEventListener('change', changed)
  return () => (clearTimeout(clock), under?.abort(), aside.removeEventListener('change', changed))
}
