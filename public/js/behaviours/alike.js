// Whether such a customer is there already (POOL-01), asked while one types: data-alike on the form says where, the parts
// marked data-alike-of show what came back by those fields. Without a script the form says so when it is sent.
const asked = ['kind', 'name', 'code', 'phone', 'contact']
const pause = 300

export default function alike(form) {
  const places = [...form.querySelectorAll('[data-alike-of]')]
  const distinction = form.querySelector('[data-distinction]')
  let last = null
  let under = null
  let clock

  /** A field may be asked about under another name (data-alike-as). */
  const nameOf = (field) => field.dataset.alikeAs ?? field.name
  const fields = () => [...form.elements].filter((field) => asked.includes(nameOf(field)))
  const query = () => {
    const given = fields().filter((field) => field.type !== 'radio' || field.checked)
    return new URLSearchParams(given.map((field) => [nameOf(field), field.value.trim()]))
  }

  async function ask() {
    const typed = query()
    if (String(typed) === last) return
    last = String(typed)
    under?.abort()
    if (![...typed].some(([name, value]) => name !== 'kind' && value !== '')) return show(null)
    under = new AbortController()
    try {
      const response = await fetch(`${form.dataset.alike}?${typed}`, { signal: under.signal, redirect: 'error' })
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      show(response.ok ? page.querySelector('[data-alike-hit]') : null)
    } catch (error) {
      if (error.name === 'AbortError') return
      last = null
      show(null)
    }
  }

  function show(found) {
    const by = found?.dataset.alikeHit
    for (const place of places) {
      const here = by && place.dataset.alikeOf.split(' ').includes(by)
      // Putting the same words there again would have them read out again.
      if (here && place.textContent === found.textContent) continue
      place.replaceChildren(...(here ? found.cloneNode(true).childNodes : []))
      if (here && distinction && !distinction.contains(document.activeElement)) place.after(distinction)
    }
    if (!distinction) return
    const field = distinction.querySelector('input')
    distinction.hidden = !(by === 'name' || by === 'phone') && field.value === '' && !field.matches('[aria-invalid]')
  }

  function typed({ target }) {
    if (!asked.includes(nameOf(target))) return
    clearTimeout(clock)
    clock = setTimeout(ask, pause)
  }

  form.addEventListener('input', typed)
  void ask()
  return () => (clearTimeout(clock), under?.abort())
}
