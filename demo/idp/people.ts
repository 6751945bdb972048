type Person = {
  readonly login: string
  readonly name: string
  /** Values of the claim `groups`. */
  readonly groups: readonly string[]
  readonly title: { readonly ru: string; readonly en: string }
}

const TITLES = {
  support: { ru: 'Поддержка', en: 'Support' },
  manager: { ru: 'Руководитель', en: 'Manager' },
  devops: { ru: 'DevOps', en: 'DevOps' },
  developer: { ru: 'Разработчик', en: 'Developer' },
  qa: { ru: 'Тестирование', en: 'QA' },
  none: { ru: 'Продажи, без роли', en: 'Sales, no role' },
}

/** Everybody who can sign in to the demo. */
export const PEOPLE: readonly Person[] = [
  person('anna', 'Анна Соколова', 'support', 'journey-support'),
  person('oleg', 'Олег Ветров', 'support', 'journey-support'),
  person('irina', 'Ирина Лебедева', 'manager', 'journey-managers'),
  person('boris', 'Борис Ким', 'manager', 'journey-managers'),
  person('dina', 'Дина Орлова', 'devops', 'journey-devops'),
  person('pavel', 'Павел Зимин', 'devops', 'journey-devops'),
  person('denis', 'Денис Марков', 'developer', 'journey-developers'),
  person('kira', 'Кира Белова', 'qa', 'journey-qa'),
  person('nora', 'Нора Власова', 'none', 'sales'), // signs in, and learns whom to ask
]

/** What `OIDC_ROLE_MAP` says for these people. */
export const ROLE_MAP = {
  'journey-support': 'support',
  'journey-managers': 'manager',
  'journey-devops': 'devops',
  'journey-developers': 'developer',
  'journey-qa': 'qa',
} as const

/** `anna`, or the first person of a role: `support`. */
export const findPerson = (loginOrRole: string): Person | null =>
  PEOPLE.find(({ login }) => login === loginOrRole) ??
  PEOPLE.find(({ groups }) =>
    groups.some((group) =>
      Object.entries(ROLE_MAP).some(([g, role]) => g === group && role === loginOrRole),
    ),
  ) ??
  (loginOrRole === 'none' ? (PEOPLE.at(-1) ?? null) : null)

function person(login: string, name: string, title: keyof typeof TITLES, group: string): Person {
  return { login, name, groups: [group], title: TITLES[title] }
}
