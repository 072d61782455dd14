// Drawers and dialogs.
import { word } from './words.js'

const { up } = window

const { overlay, drawer, modal } = up.layer.config
overlay.dismissARIALabel = word('close')
overlay.openAnimation = overlay.closeAnimation = 'fade-in'
Object.assign(overlay, { openAnimation: 'fade-in', closeAnimation: 'fade-out', openDuration: 120, closeDuration: 120 })
Object.assign(drawer, { position: 'right', openAnimation: 'fade-in', closeAnimation: 'fade-out' })
Object.assign(modal, { openAnimation: 'fade-in', closeAnimation: 'fade-out' })

// A dialog is named by its heading.
up.on('up:layer:opened', ({ layer }) => name(layer))
up.compiler(':is(up-drawer, up-modal) [up-main]', (part) => {
  tellTwinsApart(part)
  name(up.layer.get(part))
})

function name(layer) {
  const heading = layer.element.querySelector('h1, h2')
  const dialog = layer.element.querySelector('[role=dialog]')
  if (heading && dialog) dialog.setAttribute('aria-label', heading.textContent.trim())
}

// What is saved in a drawer shows on the page under it: in its list, or wherever it stands.
up.on('up:layer:accepted', ({ layer }) => {
  const part = document.querySelector('main #list') ?? document.querySelector('main [up-main]')
  if (part && layer.mode !== 'popup') up.reload(part, { layer: 'root' })
})

// Closing asks only when something was typed.
up.on('input', ':is(up-drawer, up-modal) form', (_event, form) => (up.layer.get(form).element.dataset.typed = ''))
up.on('up:layer:dismiss', (event) => {
  if ('typed' in event.layer.element.dataset && !window.confirm(word('leave'))) event.preventDefault()
})

/** A field of a drawer may have the name of one on the page below; its label must not lead there. */
function tellTwinsApart(part) {
  for (const twin of part.querySelectorAll('[id^="f-"]')) {
    if (document.getElementById(twin.id) === twin) continue
    const { id } = twin
    const own = `${id}-above`
    twin.id = own
    for (const attribute of ['for', 'aria-describedby', 'aria-labelledby', 'href'])
      for (const user of part.querySelectorAll(`[${attribute}~="${id}"], [${attribute}="#${id}"]`))
        user.setAttribute(attribute, user.getAttribute(attribute).replace(id, own))
  }
}
