// What a report says in the words of the last line of `npm test`: passed, failed, skipped, and passed when tried again.

/** One program that says nothing but how it ended. */
export const countCommand = (status) => ({
  passed: status === 0 ? 1 : 0,
  failed: status === 0 ? 0 : 1,
  skipped: [],
  again: [],
})

/** Vitest's JSON report; null where it was never written. */
export function countVitest(report, status) {
  if (!report) return countCommand(1)
  const failed = report.numFailedTests + report.testResults.filter(fellOver).length
  return {
    passed: report.numPassedTests,
    failed: orOne(failed, status),
    skipped: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status: said }) => NOT_RUN.has(said))
        .map(({ fullName }) => fullName),
    ),
    again: [],
  }
}

/** Playwright's JSON report; null where it was never written. */
export function countPlaywright(report, status) {
  if (!report) return countCommand(1)
  const { stats, errors } = report
  return {
    passed: stats.expected + stats.flaky,
    failed: orOne(stats.unexpected + errors.length, status),
    skipped: report.suites.flatMap((suite) => titlesIn(suite, 'skipped')),
    // By name: whoever reads it mends the test, or what it found.
    again: report.suites.flatMap((suite) => titlesIn(suite, 'flaky')),
  }
}

const NOT_RUN = new Set(['skipped', 'pending', 'todo'])

/** A file that could not even be loaded has no failed test of its own. */
function fellOver({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some(({ status: said }) => said === 'failed')
}

/** An error outside every test fails the run without failing a test. */
const orOne = (failed, status) => failed || (status === 0 ? 0 : 1)

const titlesIn = ({ specs = [], suites = [] }, wanted) => [
  ...specs.flatMap(({ title, tests }) =>
    tests.filter(({ status }) => status === wanted).map(() => title),
  ),
  ...suites.flatMap((suite) => titlesIn(suite, wanted)),
]
