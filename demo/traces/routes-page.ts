import { asHtml, NOT_FOUND, type Reply } from './reply'
import type { Context, Route } from './route'
import { type Attributes, KINDS, type Span } from './span'
import { toText } from './value'

/** What a browser is shown: a page that names the version, as the real one does, and one trace as a table. */
export const PAGE_ROUTES: readonly Route[] = [
  { path: /^\/trace\/([0-9a-fA-F]{1,32})$/, answer: showTrace },
  { path: /^\/api\//, modes: ['v2.20', 'main'], answer: () => NOT_FOUND },
  { path: /^\//, answer: showStart },
]

const GIT_VERSION = { 'v1.76': 'v1.76.0', 'v2.20': 'v2.20.0', main: 'v2.20.0-main' } as const

function showStart({ mode, store }: Context): Reply {
  const version = JSON.stringify({ gitCommit: '', gitVersion: GIT_VERSION[mode], buildDate: '' })
  return page(
    'Traces of the demo',
    `<p>Takes OTLP at <code>POST /v1/traces</code> and answers as Jaeger ${GIT_VERSION[mode]} does.</p>
<p>Services: ${escapeHtml(store.services().join(', ')) || 'none yet'}</p>
<pre>JAEGER_VERSION = ${escapeHtml(version, false)};</pre>`,
  )
}

function showTrace({ store }: Context, [id = '']: readonly string[]): Reply {
  const trace = store.findTrace(id.toLowerCase().padStart(32, '0'))
  if (!trace)
    return { ...page('No such trace', '<p>It is not here, or not any more.</p>'), status: 404 }
  const spans = trace.spans.toSorted((a, b) => a.startUs - b.startUs)
  return page(
    `Trace ${trace.id}`,
    `<table>
<thead><tr><th>After</th><th>Lasted</th><th>Service</th><th>Operation</th><th>Kind</th><th>Span</th><th>Parent</th><th>Attributes</th></tr></thead>
<tbody>
${spans.map((span) => toRow(span, trace.firstUs)).join('\n')}
</tbody></table>
<p>Began ${new Date(trace.firstUs / 1_000).toISOString()}</p>`,
  )
}

function toRow(span: Span, firstUs: number): string {
  const cells = [
    toMs(span.startUs - firstUs),
    toMs(span.durationUs),
    span.resource.service,
    span.name,
    KINDS[span.kind] ?? '',
    span.spanId,
    span.parentId,
  ]
  const failed = span.statusCode === 2 ? ' class="failed"' : ''
  return `<tr${failed}>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}<td>${toList(span.attributes)}</td></tr>`
}

const toList = (attributes: Attributes) =>
  Object.entries(attributes)
    .map(([key, value]) => `${escapeHtml(key)} = ${escapeHtml(toText(value))}`)
    .join('<br>')

const toMs = (us: number) => `${(us / 1_000).toFixed(1)} ms`

const escapeHtml = (text: string, quotes = true) => {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return quotes ? safe.replaceAll('"', '&quot;').replaceAll("'", '&#39;') : safe
}

const page = (title: string, content: string): Reply =>
  asHtml(`<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>body { font: 14px system-ui; margin: 2rem } td, th { text-align: left; vertical-align: top; padding: 4px 8px } .failed { color: #b00020 }</style>
<h1>${escapeHtml(title)}</h1>
${content}
</html>
`)
