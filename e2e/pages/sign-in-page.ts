import type { Page } from '@playwright/test'

/** Our sign-in page, and the provider's behind it, read in English. */
export function signInPage(page: Page) {
  return {
    button: page.getByRole('button', { name: 'Sign in' }),
    ended: page.getByRole('status'),
    /** From our page through the provider's, as somebody with this name. */
    async signInAs(name: string) {
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('button', { name }).click()
    },
  }
}
