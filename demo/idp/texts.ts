const TEXTS = {
  en: {
    title: 'Sign in to the demo',
    lead: 'These people exist only on this computer. Choose who you are.',
    other: 'With a login and a password',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Wrong login or password.',
    leaving: 'Signing out',
    leave: 'Sign out',
    left: 'You are signed out.',
    broken: 'This sign-in cannot go on',
    brokenText: 'It is too old, or it was begun in another browser. Begin again.',
    again: 'To Order Journey',
  },
  ru: {
    title: 'Вход в демо',
    lead: 'Эти люди существуют только на этом компьютере. Выберите, кто вы.',
    other: 'По логину и паролю',
    login: 'Логин',
    password: 'Пароль',
    submit: 'Войти',
    wrong: 'Неверный логин или пароль.',
    leaving: 'Выходим',
    leave: 'Выйти',
    left: 'Вы вышли.',
    broken: 'Этот вход нельзя продолжить',
    brokenText: 'Он слишком старый или начат в другом браузере. Начните заново.',
    again: 'В Order Journey',
  },
}

export type Locale = keyof typeof TEXTS
export type Texts = (typeof TEXTS)[Locale]

export const textsIn = (locale: Locale): Texts => TEXTS[locale]

/** The language that a browser, or the app before us, asked for; English where it is neither of ours. */
export function findLocale(uiLocales: unknown, acceptLanguage: string | undefined): Locale {
  const wanted = `${typeof uiLocales === 'string' ? uiLocales.replaceAll(' ', ',') : ''},${acceptLanguage ?? ''}`
  const first = wanted
    .split(',')
    .map((range) => range.trim().slice(0, 2).toLowerCase())
    .find((language) => language === 'ru' || language === 'en')
  return first === 'ru' ? 'ru' : 'en'
}
