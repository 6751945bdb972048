import type { Page } from '@playwright/test'

/** The head of every page, in either language. */
export function header(page: Page) {
  const banner = page.getByRole('banner')
  const menu = banner.getByRole('group')
  return {
    box: banner.getByRole('textbox'),
    menu,
    openMenu: () => menu.locator('summary').click(),
    language: menu.locator('select[name=locale]'),
    theme: menu.locator('select[name=theme]'),
    timeZone: menu.locator('input[name=timeZone]'),
    save: menu.getByRole('button', { name: /^(Save|Сохранить)$/ }),
    signOut: menu.getByRole('button', { name: /^(Sign out|Выйти)$/ }),
  }
}
