import { expect, test } from 'vitest'
import { createSeats } from './seats'

const anna = { issuer: 'idp', subject: 'anna' }
const boris = { issuer: 'idp', subject: 'boris' }
const limits = { perPerson: 2, perProcess: 3 }

test('a person has so many, whoever else has one', () => {
  const seats = createSeats(limits)
  const leave = seats.take(anna)
  seats.take(anna)
  expect(() => seats.take(anna)).toThrow(expect.objectContaining({ code: 'too-many' }))
  seats.take(boris)
  leave()
  expect(() => seats.take(anna)).not.toThrow()
})

test('the process has so many, for everybody', () => {
  const seats = createSeats(limits)
  for (const person of [anna, anna, boris]) seats.take(person)
  expect(() => seats.take(boris)).toThrow(expect.objectContaining({ code: 'too-many' }))
  expect(seats.taken()).toBe(3)
})

test('a place that is given back twice is one place', () => {
  const seats = createSeats(limits)
  const leave = seats.take(anna)
  seats.take(anna)
  leave()
  leave()
  expect(seats.taken()).toBe(1)
  seats.take(anna)
  expect(() => seats.take(anna)).toThrow('At most 2')
})
