// The search box as a combobox: what is found opens under it while one types. Without a script Enter opens the page of results.
export default function liveSearch(form) {
  const input = form.querySelector('input[type=search]')
  const panel = Object.assign(document.createElement('div'), { className: 'search-panel', hidden: true })
  form.append(panel)
  const set = (name, value) => (value === null ? input.removeAttribute(name) : input.setAttribute(name, value))
  set('role', 'combobox')
  set('aria-autocomplete', 'list')
  set('aria-expanded', 'false')

  let asked = ''
  let under = null
  let clock
  const options = () => [...panel.querySelectorAll('[role=option]')]
  const chosen = () => panel.querySelector('[aria-selected=true]')

  function open(yes) {
    panel.hidden = !yes
    set('aria-expanded', String(yes))
    set('aria-controls', yes ? (panel.querySelector('[role=listbox]')?.id ?? null) : null)
    if (!yes) choose(null)
  }

  function choose(option) {
    chosen()?.setAttribute('aria-selected', 'false')
    option?.setAttribute('aria-selected', 'true')
    option?.scrollIntoView({ block: 'nearest' })
    set('aria-activedescendant', option?.id ?? null)
  }

  async function ask() {
    const q = input.value.trim()
    if (q === asked) return open(q !== '' && panel.hasChildNodes())
    under?.abort()
    asked = q
    if (q === '') return open(false)
    under = new AbortController()
    const { signal } = under
    const address = `${form.dataset.panel ?? form.action}?${new URLSearchParams({ [input.name]: q })}`
    try {
      const response = await fetch(address, { signal, redirect: 'error' })
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const found = page.querySelector('[data-panel-content]')
      if (!response.ok || !found) throw new Error(response.statusText)
      panel.replaceChildren(asListbox(found, input))
      open(document.activeElement === input)
    } catch (error) {
      if (error.name === 'AbortError') return
      asked = ''
      open(false)
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(clock)
    clock = setTimeout(ask, 150)
  })
  input.addEventListener('focus', () => input.value.trim() !== '' && ask())
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const all = options()
    const at = all.indexOf(chosen())
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (panel.hidden) return void ask()
      const by = event.key === 'ArrowDown' ? 1 : -1
      choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length])
    } else if (event.key === 'Enter' && !panel.hidden && chosen()) {
      event.preventDefault()
      chosen().click()
      open(false)
    } else if (event.key === 'Escape' && !panel.hidden) {
      event.preventDefault()
      event.stopPropagation()
      open(false)
    }
  })
  form.addEventListener('focusout', ({ relatedTarget }) => form.contains(relatedTarget) || open(false))
  panel.addEventListener('mousedown', (event) => event.preventDefault())
  panel.addEventListener('click', (event) => event.target.closest('a') && open(false))
  form.addEventListener('submit', () => open(false))
  return () => (under?.abort(), panel.remove())
}

/** Lists of links become one list box; the focus stays in the field and moves through it by aria-activedescendant. */
function asListbox(found, input) {
  const list = Object.assign(document.createElement('div'), { id: `${input.id}-found` })
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.placeholder)
  for (const group of found.querySelectorAll('section')) {
    group.setAttribute('role', 'group')
    group.querySelector('.group').setAttribute('aria-hidden', 'true')
    for (const part of group.querySelectorAll('ul, li')) part.setAttribute('role', 'presentation')
    list.append(group)
  }
  for (const [index, hit] of list.querySelectorAll('.hit').entries()) {
    Object.assign(hit, { id: `${list.id}-${index}`, tabIndex: -1 })
    hit.setAttribute('role', 'option')
    hit.setAttribute('aria-selected', 'false')
  }
  if (list.hasChildNodes()) found.prepend(list)
  return found
}
