import type { Random } from './random'

export type Customer = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly address: string
}

export type Partner = { readonly id: string; readonly name: string; readonly email: string }

const FIRST = [
  'Анна',
  'Мария',
  'Иван',
  'Пётр',
  'Ольга',
  'Сергей',
  'Елена',
  'Дмитрий',
  'Вера',
  'Павел',
  'Нина',
  'Лев',
] as const
const LAST = [
  'Ким',
  'Шевченко',
  'Дюма',
  'Гюго',
  'Черных',
  'Седых',
  'Бондаренко',
  'Живаго',
  'Моргунова',
  'Белых',
  'Коваленко',
  'Сахно',
] as const
const MAIL = [
  'anna',
  'maria',
  'ivan',
  'petr',
  'olga',
  'sergey',
  'elena',
  'dima',
  'vera',
  'pavel',
  'nina',
  'lev',
] as const
const STREETS = ['Лесная', 'Садовая', 'Речная', 'Полевая', 'Мира', 'Гоголя'] as const

export const SELLERS = ['seller-03', 'seller-07', 'seller-11', 'seller-14'] as const
export const OPERATORS = [
  'operator-02',
  'operator-05',
  'operator-09',
  'operator-12',
  'operator-17',
  'operator-21',
] as const

export const PARTNERS: readonly [Partner, ...Partner[]] = [
  partner('aurum', 'Аурум'),
  partner('bijou', 'Бижу Маркет'),
  partner('karat', 'Карат 24'),
  partner('lumen', 'Люмен'),
  partner('nord', 'Норд Ювелир'),
  partner('opal', 'Опал и Ко'),
  partner('safir', 'Сапфир'),
  partner('zlato', 'Злато'),
]

function partner(id: string, name: string): Partner {
  return { id: `partner-${id}`, name, email: `orders@${id}.example` }
}

/** A made-up person: names of nobody, addresses under `.example`. About a third come back. */
export function customer(chance: Random, number: number): Customer {
  const id = chance.chance(0.3) ? chance.whole(1, Math.max(1, number)) : number
  const index = id % FIRST.length
  return {
    id: `customer-${String(id).padStart(6, '0')}`,
    name: `${FIRST[index]} ${LAST[(id * 7) % LAST.length]}`,
    email: `${MAIL[index]}.${id}@mail.example`,
    phone: `+7 900 ${String(1000000 + id * 37).slice(-7, -4)}-${String(id * 37 + 1000).slice(-4, -2)}-${String(id + 10).slice(-2)}`,
    address: `г. Москва, ул. ${STREETS[id % STREETS.length]}, д. ${(id % 90) + 1}, кв. ${(id % 140) + 1}`,
  }
}
