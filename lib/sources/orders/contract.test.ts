import { expect, test } from 'vitest'
import { CONTRACT } from './contract'
import { file } from './fixtures/order-database'

test('the contract we read is the contract we publish', () => {
  const views = file('schema.prisma')
    .split(/^view /m)
    .slice(1)
  const published = views.map((view) => {
    const fields = [...view.matchAll(/^ {2}(\w+) +\w.*$/gm)].map(
      ([line, name]) => line.match(/@map\("(\w+)"\)/)?.[1] ?? name,
    )
    return [view.match(/@@map\("(\w+)"\)/)?.[1] ?? '', fields.toSorted()] as const
  })
  const read = Object.entries(CONTRACT).map(([view, { columns }]) => [
    view,
    Object.keys(columns).toSorted(),
  ])
  expect(published).toEqual(read)
})
