// A form under way is not sent again. The server makes a second copy harmless; this spares the wait and the doubt.
const { up } = window

let sent = []

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target
    if (form.method !== 'post') return
    if (sent.includes(form)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    sent.push(form)
    for (const button of form.querySelectorAll('[type=submit]')) button.setAttribute('aria-disabled', 'true')
    // A form that only fetches a file never leaves this page.
    setTimeout(() => release(form), 15000)
  },
  { capture: true },
)

function release(form) {
  sent = sent.filter((one) => one !== form)
  for (const button of form.querySelectorAll('[type=submit]')) button.removeAttribute('aria-disabled')
}

const releaseAll = () => sent.forEach(release)
up.on(
  'up:request:loaded up:request:aborted up:request:offline',
  ({ request }) => request.method !== 'GET' && releaseAll(),
)
window.addEventListener('pageshow', releaseAll)
// A script that sends a form by its own way says when it is done.
document.addEventListener('form:done', releaseAll)
