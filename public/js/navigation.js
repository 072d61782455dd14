// Links and forms fetch the whole next page and put its main part in place. Nothing is cached: a page holds a form token
// that serves once, and what it shows may be someone else's to change.
import { word } from './words.js'
import { say } from './behaviours/notice.js'

const { up } = window

up.link.config.followSelectors.push('a[href]')
up.link.config.noFollowSelectors.push('.gate a')
up.form.config.submitSelectors.push('form')
up.form.config.noSubmitSelectors.push('.gate form')
up.network.config.autoCache = () => false
up.layer.config.any.mainTargets = ["[up-main='']", ':layer']
up.history.config.updateMetaTags = false
// The server says where one is; unpoly would compare addresses.
up.status.config.navSelectors = []
// No page of ours carries script in its parts: what does is not ours.
up.script.config.scriptElementPolicy = 'block'
up.script.config.evalCallbackPolicy = 'block'

// A form that was not taken comes back as a page: its own again, the conflict, or the error page.
up.on('up:form:submit', ({ form, renderOptions }) => {
  if (!form.hasAttribute('up-fail-target')) renderOptions.failTarget = ':main'
})

// An answer that is no part of this layout (sign-in, a file) is left to the browser.
up.on('up:fragment:loaded', (event) => {
  const { response, renderOptions } = event
  const isPage = /html/.test(response.contentType ?? '')
  const layout = /<html[^>]*data-layout="(\w+)"/.exec(response.text ?? '')?.[1]
  if (isPage && (!layout || layout === document.documentElement.dataset.layout)) return
  event.preventDefault()
  if (renderOptions.poll || renderOptions.background) return
  window.location.assign(response.url)
})

let outdated = false
up.on('up:assets:changed', () => (outdated = true))
up.on('up:link:follow', (event) => {
  if (!outdated || event.renderOptions.layer?.startsWith?.('new')) return
  event.preventDefault()
  window.location.assign(event.target.href)
})

up.on('up:fragment:offline', ({ renderOptions }) => {
  if (!renderOptions.background) say(word('notSent'), 'alert')
})
