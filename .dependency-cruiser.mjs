const TESTS = '\\.test\\.tsx?$|/fixtures/'

/** One sentence per rule: the sentence is what a stranger reads when the check fails. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    never(
      'journey-is-pure',
      'The domain knows nothing of frameworks, networks, files or clocks. Pass values in.',
      { path: '^lib/journey/', pathNot: TESTS },
      { pathNot: ['^lib/journey/', '^lib/errors\\.ts$'] },
    ),
    never(
      'rules-ask-the-evidence',
      'A rule judges a case by its evidence; what proves nothing must not reach it another way.',
      { path: '^lib/journey/rules/', pathNot: TESTS },
      {
        path: '^lib/journey/',
        pathNot:
          '^lib/journey/(rules/|(fact|finding|judge-limit|located|pipeline|to-case|types)\\.ts$)',
      },
    ),
    never(
      'sources-are-islands',
      'A source may not import another source. Combine them in lib/services.',
      { path: '^lib/sources/([^/]+)/', pathNot: TESTS },
      { path: '^lib/sources/([^/]+)/', pathNot: '^lib/sources/$1/' },
    ),
    never(
      'only-wiring-builds-sources',
      'Clients are created in lib/sources/wiring.ts and arrive elsewhere as arguments.',
      { path: '^(app|components|lib)/', pathNot: ['^lib/sources/', TESTS] },
      { path: '^lib/sources/[^/]+/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'browser-code-stays-in-the-browser',
      'Components and lib/client may use the domain and the contract, nothing server-side.',
      { path: '^(components|lib/client)/', pathNot: TESTS },
      { path: '^lib/(services|sources|store|auth|http|env|db)' },
    ),
    never(
      'lib-stays-below',
      'Dependencies point down: app, then components, then lib.',
      { path: '^lib/' },
      { path: '^(app|components)/' },
    ),
    never(
      'components-do-not-import-routes',
      'Routes use components, not the reverse.',
      { path: '^components/' },
      { path: '^app/' },
    ),
    never(
      'routes-only-compose',
      'A route parses, authorises, calls one service and renders. Data access belongs in lib.',
      { path: '^app/' },
      { path: '^(lib/(db|env)\\.ts$|lib/store/|node_modules/@prisma)' },
    ),
    never(
      'charts-own-recharts',
      'Only components/charts draws with recharts; other components pass it domain values.',
      { pathNot: '^components/charts/' },
      { path: '(^|node_modules/)recharts(/|$)' },
    ),
    never(
      'no-cycles',
      'A cycle means two modules are really one.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    never(
      'product-knows-no-demo',
      'The demo company feeds the product from outside, as a real company would.',
      { path: '^(app|components|lib|server|i18n)/', pathNot: TESTS },
      { path: '^(demo|scripts|e2e)/' },
    ),
    never(
      'server-owns-the-socket-only',
      'The front door is used by nobody else, and knows no order.',
      { path: '^(app|components|lib|i18n)/' },
      { path: '^server/' },
    ),
    never(
      'one-file-opens-the-store',
      'lib/db.ts makes the client; lib/store uses it.',
      {
        path: '^(app|components|lib|server)/',
        pathNot: ['^lib/(db\\.ts|store/|generated/)', TESTS],
      },
      { path: '^lib/generated/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'next-auth-stays-in-its-room',
      'A move to another library must stay small.',
      {
        path: '^(app|components|lib|server|i18n)/',
        pathNot: ['^lib/auth/', '^app/api/auth/', '^proxy\\.ts$'],
      },
      { path: '(^|node_modules/)next-auth(/|$)' },
    ),
    never(
      'truth-is-not-what-is-judged',
      'What judges the verdict may know its shapes and ask it, and must not think with its own code.',
      { path: '^scripts/bench/truth' },
      {
        path: '^lib/journey/',
        pathNot: '^lib/journey/(build-journey|types)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'oracle-and-world-know-no-verdict',
      'The world and the oracle are written from what the company is, and share nothing with the product but names.',
      { path: '^scripts/bench/truth/(world|oracle)/' },
      { path: '^lib/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'tests-are-leaves',
      'Nothing imports a test.',
      { pathNot: TESTS },
      { path: '\\.test\\.tsx?$' },
    ),
  ],
  required: [
    {
      name: 'server-code-says-so',
      comment: "Start the file with `import 'server-only'` so a browser import fails the build.",
      severity: 'error',
      module: {
        path: '^lib/(env\\.ts|db\\.ts|auth/|store/|services/|sources/(wiring|[^/]+/client)\\.ts)',
        pathNot: TESTS,
      },
      to: { path: 'server-only' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
