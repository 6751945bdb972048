import { expect, type Page } from '@playwright/test'

/** The timeline of an order's page, read in English. */
export function timelineOf(page: Page) {
  const region = page.getByRole('region', { name: 'Timeline' })
  const lanes = region.locator('[data-zone="lanes"]')
  return {
    region,
    lanes,
    axis: region.locator('[data-zone="axis"]'),
    map: region.locator('[data-zone="map"]'),
    window: region.getByRole('slider', { name: 'Visible stretch of time' }),
    reset: region.getByRole('button', { name: 'Show everything' }),
    folds: region.getByRole('button', { name: /without a record/ }),
    toScale: region.getByRole('button', { name: 'Show to scale' }),
    foldAll: region.getByRole('button', { name: 'Fold idle time' }),
    clock: region.getByRole('switch', { name: 'Adjusted clocks' }),
    /** Opens a lane, or closes it. */
    opener: (lane: string) => region.getByRole('button', { name: new RegExp(`^${lane}: show`) }),

    async box() {
      const box = await lanes.boundingBox()
      if (!box) throw new Error('The lanes are not drawn')
      return box
    },
    /** Comes near with the pointer, and waits until the timeline follows it. */
    async approach(x: number, y: number) {
      const listens = page.waitForFunction(
        () => document.querySelector('[data-gestures="on"]') !== null,
      )
      await page.mouse.move(x - 5, y)
      await page.mouse.move(x, y, { steps: 2 })
      await listens
      await expect(region).toBeVisible()
    },
  }
}
