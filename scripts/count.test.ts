import { expect, test } from 'vitest'
import { countCommand, countPlaywright, countVitest } from './count.mjs'

const passed = { status: 'passed', fullName: 'a' }
const failed = { status: 'failed', fullName: 'b' }
const skipped = { status: 'skipped', fullName: 'c' }
const todo = { status: 'todo', fullName: 'd' }

const file = (...tests: { status: string; fullName: string }[]) => ({
  status: tests.includes(failed) ? 'failed' : 'passed',
  assertionResults: tests,
})
const unloadable = { status: 'failed', assertionResults: [] }

test.each([
  ['passes', 1, 0, [file(passed)], 0, { passed: 1, failed: 0, skipped: [], again: [] }],
  ['a failure', 1, 1, [file(passed, failed)], 1, { passed: 1, failed: 1, skipped: [], again: [] }],
  [
    'what is skipped or to do',
    1,
    0,
    [file(passed, skipped, todo)],
    0,
    { passed: 1, failed: 0, skipped: ['c', 'd'], again: [] },
  ],
  [
    'a file that cannot be loaded',
    1,
    0,
    [file(passed), unloadable],
    1,
    { passed: 1, failed: 1, skipped: [], again: [] },
  ],
  [
    'an error outside every test',
    1,
    0,
    [file(passed)],
    1,
    { passed: 1, failed: 1, skipped: [], again: [] },
  ],
])('vitest: counts %s', (_, numPassedTests, numFailedTests, testResults, status, counts) => {
  expect(countVitest({ numPassedTests, numFailedTests, testResults }, status)).toEqual(counts)
})

const stats = { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }
const suites = [
  { specs: [], suites: [{ specs: [{ title: 'e', tests: [{ status: 'skipped' }] }] }] },
]
const tried = [{ specs: [{ title: 'f', tests: [{ status: 'flaky' }] }] }]

test.each([
  [
    'passes',
    { stats, errors: [], suites: [] },
    0,
    { passed: 2, failed: 0, skipped: [], again: [] },
  ],
  [
    'a failure',
    { stats: { ...stats, unexpected: 1 }, errors: [], suites: [] },
    1,
    { passed: 2, failed: 1, skipped: [], again: [] },
  ],
  [
    'a second try, by name',
    { stats: { ...stats, flaky: 1 }, errors: [], suites: tried },
    0,
    { passed: 3, failed: 0, skipped: [], again: ['f'] },
  ],
  [
    'a set-up that fails',
    { stats, errors: [{}], suites: [] },
    1,
    { passed: 2, failed: 1, skipped: [], again: [] },
  ],
  [
    'what is skipped',
    { stats, errors: [], suites },
    0,
    { passed: 2, failed: 0, skipped: ['e'], again: [] },
  ],
])('playwright: counts %s', (_, report, status, counts) => {
  expect(countPlaywright(report, status)).toEqual(counts)
})

test('no report is a failure, whatever the program says', () => {
  expect(countVitest(null, 0).failed).toBe(1)
  expect(countPlaywright(null, 0).failed).toBe(1)
  expect([countCommand(0).failed, countCommand(1).failed]).toEqual([0, 1])
})
