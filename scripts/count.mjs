// What a report says in the words of the last line of `npm test`: passed, failed, skipped.

/** One program that says nothing but how it ended. */
export const countCommand = (status) =>
  status === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] }

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
  }
}

/** Playwright's JSON report; null where it was never written. */
export function countPlaywright(report, status) {
  if (!report) return countCommand(1)
  const { stats, errors } = report
  return {
    passed: stats.expected,
    // What passed only when tried again has failed once.
    failed: orOne(stats.unexpected + stats.flaky + errors.length, status),
    skipped: report.suites.flatMap(skippedIn),
  }
}

const NOT_RUN = new Set(['skipped', 'pending', 'todo'])

/** A file that could not even be loaded has no failed test of its own. */
function fellOver({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some(({ status: said }) => said === 'failed')
}

/** An error outside every test fails the run without failing a test. */
const orOne = (failed, status) => failed || (status === 0 ? 0 : 1)

const skippedIn = ({ specs = [], suites = [] }) => [
  ...specs.flatMap(({ title, tests }) =>
    tests.filter(({ status }) => status === 'skipped').map(() => title),
  ),
  ...suites.flatMap(skippedIn),
]
