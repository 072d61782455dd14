// Several files at once, dropped or chosen, each sent by itself with its progress. Without a script the form takes one.
const { up } = window

export default function attach(form) {
  const say = JSON.parse(form.dataset.say)
  const input = form.elements.file
  const list = form.querySelector('[data-sending]')
  const field = input.closest('.field')
  let another = false
  let busy = false

  input.multiple = true
  field.classList.add('drop')
  const invitation = document.createElement('p')
  invitation.className = 'hint'
  invitation.textContent = say.drop
  input.after(invitation)

  const over = (event) => {
    event.preventDefault()
    field.toggleAttribute('data-over', event.type === 'dragover')
  }
  field.addEventListener('dragover', over)
  field.addEventListener('dragleave', over)
  field.addEventListener('drop', (event) => {
    over(event)
    if (busy || event.dataTransfer.files.length === 0) return
    input.files = event.dataTransfer.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
  input.addEventListener('change', () => show([...input.files]))
  form.addEventListener('submit', (event) => {
    // With none chosen the server says so.
    if (input.files.length === 0) return
    event.preventDefault()
    event.stopPropagation()
    another = event.submitter?.hasAttribute('data-another') ?? false
    if (!busy) void sendAll([...input.files])
  })

  function show(files) {
    list.hidden = files.length === 0
    list.replaceChildren(...files.map((file) => row(file.name, say.waiting)))
  }

  async function sendAll(files) {
    busy = true
    show(files)
    const words = values(files.length === 1)
    const done = []
    for (const [at, file] of files.entries()) done.push(await sendOne(file, words, list.children[at]))
    busy = false
    document.dispatchEvent(new Event('form:done'))
    delete up.layer.get(form)?.element.dataset.typed
    if (done.every(Boolean) && !another) return leave()
    input.value = ''
    if (done.some(Boolean)) offerWayBack()
  }

  /** What stands in the other fields; a title is that of one file. */
  function values(alone) {
    const typed = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== '_form')
    return typed.filter(([name]) => alone || name !== 'title')
  }

  async function sendOne(file, words, line) {
    if (file.size > Number(form.dataset.largest) * 1024 * 1024) return failed(line, say.tooLarge)
    const body = new FormData()
    for (const [name, value] of words) body.append(name, value)
    body.append('file', file)
    try {
      const answer = await post(form.action, body, (share) => progress(line, share))
      const reason = problemIn(answer)
      return reason ? failed(line, reason) : (state(line, say.done, 'ok'), true)
    } catch {
      return failed(line, say.failed)
    }
  }

  function progress(line, share) {
    line.querySelector('progress').value = share
    state(line, share < 1 ? `${say.sending} ${Math.round(share * 100)}%` : say.checking, 'go')
  }

  function offerWayBack() {
    const line = document.createElement('li')
    const link = Object.assign(document.createElement('a'), { href: form.dataset.home, textContent: say.finish })
    link.addEventListener('click', (event) => (event.preventDefault(), event.stopPropagation(), leave()))
    line.append(link)
    list.append(line)
  }

  function leave() {
    const layer = up.layer.get(form)
    if (layer?.isOverlay()) layer.accept()
    else up.navigate({ url: form.dataset.home })
  }
}

function row(name, word) {
  const line = document.createElement('li')
  const title = Object.assign(document.createElement('b'), { textContent: name })
  const bar = Object.assign(document.createElement('progress'), { max: 1, value: 0, ariaLabel: name })
  line.append(title, bar, Object.assign(document.createElement('span'), { textContent: word }))
  return line
}

function state(line, word, tone) {
  line.dataset.tone = tone
  line.querySelector('span').textContent = word
}

const failed = (line, reason) => (state(line, reason, 'bad'), false)

function post(url, body, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.upload.addEventListener('progress', ({ loaded, total }) => total && tell(loaded / total))
    request.addEventListener('load', () => resolve(request))
    for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, reject)
    request.send(body)
  })
}

/** Why it was not taken, as the page that came back says it. */
function problemIn({ status, responseText }) {
  if (status < 400) return null
  const page = new DOMParser().parseFromString(responseText, 'text/html')
  // The sentence alone, without the name of its field and the rule beside it.
  const own = page.querySelector('#f-file-e .error')?.firstChild
  const said = own ?? page.querySelector('.errors li :is(a, span)') ?? page.querySelector('.problem h1 + p')
  return said?.textContent.trim() || String(status)
}
