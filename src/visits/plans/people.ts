/** Somebody of the other side who is in no record: a name, and the post behind it. */
export type Spoken = { name: string; post: string | null }

const most = 20

/** 司南、罗盘 科长: parted by commas of any kind or lines, the post behind a space. */
export function namesIn(written: string | null): Spoken[] {
  const parts = (written ?? '').split(/[、,，;；\n]/).map((part) => part.trim())
  return parts
    .filter((part) => part !== '')
    .slice(0, most)
    .map((part) => {
      const [name = '', ...post] = part.split(/\s+/)
      return { name: name.slice(0, 60), post: post.join(' ').slice(0, 60) || null }
    })
}

export const namesText = (people: readonly Spoken[]): string =>
  people.map(({ name, post }) => (post ? `${name} ${post}` : name)).join('、')
