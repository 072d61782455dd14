import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'
import { expect, it } from 'vitest'
import { root } from '../../src/config.ts'
import { keysOf, translate, type Key } from '../../src/i18n.ts'
import { routes } from '../../src/routes.ts'
import { filesIn } from './files.ts'

const views = filesIn('views', '.ejs')
const named = (lines: { path: string }[]) => lines.map(({ path }) => path)

it('looks at every view', () => {
  expect(views.length).toBeGreaterThan(50)
})

it.each(views)('$path compiles', ({ text, path }) => {
  expect(() => ejs.compile(text, { filename: path, client: true })).not.toThrow()
})

it('unescaped output is kept for includes', () => {
  const raw = views.flatMap(({ path, text }) =>
    [...text.matchAll(/<%-(?!\s*include\()[^%]*/g)].map(([found]) => `${path}: ${found}`),
  )
  expect(raw).toEqual([])
})

it('no inline style, script or handler', () => {
  expect(named(views.filter(({ text }) => /<style\b|\sstyle=|\son[a-z]+="|javascript:/i.test(text)))).toEqual([])
  expect(named(views.filter(({ text }) => /<script\b(?![^>]*\bsrc=)/.test(text)))).toEqual([])
})

it('every view begins by saying what feeds it, and stays short', () => {
  expect(named(views.filter(({ text }) => !text.startsWith('<%#')))).toEqual([])
  expect(
    named(views.filter(({ path, text }) => !path.startsWith('views/design/') && text.split('\n').length > 80)),
  ).toEqual([])
})

it('every route has its view, every form that is sent carries its token', () => {
  const missing = routes.filter(
    (route) => 'view' in route && route.view && !existsSync(join(root, `views/${route.view}.ejs`)),
  )
  expect(missing.map(({ path }) => path)).toEqual([])
  // The form about language in layout/ carries the session's token alone: sending it twice does no harm.
  const carries = (form: string) => form.includes("include('partials/csrf'") || form.includes('name="_csrf"')
  const bare = views
    .filter(({ path }) => !path.startsWith('views/design/'))
    .filter(({ text }) =>
      [...text.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g)].some(([form]) => !carries(form)),
    )
  expect(named(bare)).toEqual([])
})

it('every sentence a view asks for exists', () => {
  const known = new Set(keysOf('zh'))
  const asked = views.flatMap(({ path, text }) =>
    [...text.matchAll(/\bt\('([a-z]+:[\w.]+)'/g)].map(([, key]) => ({ path, key: key! })),
  )
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter(({ key }) => !known.has(key))).toEqual([])
})

/** Said by name from data: fields, history, rules, places and what stands in the history as a value. */
const byData =
  /^(?:rules|design|regulations:place)\b|:(?:field|history|secrecy|way|kind|confirmedHow|differences|main)\./

it('every sentence is said somewhere', () => {
  const text = [...filesIn('src', '.ts'), ...views, ...filesIn('public/js', '.js')].map((file) => file.text).join('\n')
  const said = new Set([...text.matchAll(/['"`]([a-zA-Z-]+:[\w.]+)['"`]/g)].map(([, key]) => key))
  const escaped = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const made = new Set([...text.matchAll(/`([a-zA-Z-]+:[^`\n]*?\$\{.*?)`/g)].map(([, key]) => key!))
  const patterns = [...made].map(
    (key) =>
      new RegExp(
        `^${key
          .split(/\$\{[^}]*\}?/)
          .map(escaped)
          .join('.*')}$`,
      ),
  )
  const silent = keysOf('zh').filter(
    (key) => !byData.test(key) && !said.has(key) && !patterns.some((pattern) => pattern.test(key)),
  )
  expect(silent).toEqual([])
})

it('Chinese and English are level, no sentence is empty, and they name the same parameters', () => {
  expect(keysOf('en').toSorted()).toEqual(keysOf('zh').toSorted())
  const parameters = (sentence: string) =>
    [...new Set([...sentence.matchAll(/\{(\w+)/g)].map(([, name]) => name))].toSorted()
  const uneven = keysOf('zh').filter((key) => {
    if (key.startsWith('design:')) return false
    const [zh, en] = [translate.zh(key as Key), translate.en(key as Key)]
    return zh.trim() === '' || en.trim() === '' || parameters(en).some((name) => !parameters(zh).includes(name))
  })
  expect(keysOf('zh').length).toBeGreaterThan(300)
  expect(uneven).toEqual([])
})
