import type { FieldClass } from '@/lib/journey/types'
import {
  baseName,
  bool,
  bucket,
  channel,
  destination,
  dns,
  either,
  etag,
  frames,
  hex,
  id,
  ident,
  instant,
  int,
  kubeName,
  messagingOperation,
  ms,
  oneOf,
  order,
  s3Key,
  scrubbed,
  shape,
  sqlState,
  template,
  uuid,
  type Validator,
  version,
} from './validators'

// The whole table in one place, on purpose longer than a file should be: what is not here does not exist further in.

/** One field that may come in: its name in the product, the names it has elsewhere, what it accepts, its class. */
export type AllowRow = {
  readonly key: string
  /** Older and vendor names; the first present wins, after `key`. */
  readonly names: readonly string[]
  readonly check: Validator
  readonly class: FieldClass
  /** What a viewer sees, where that is less than the value. */
  readonly shown?: (value: string) => string
}

const MAX_SAFE = 2n ** 53n

const row = (
  key: string,
  names: string,
  check: Validator,
  fieldClass: FieldClass,
  shown?: (value: string) => string,
): AllowRow => ({
  key,
  names: names.split(' ').filter(Boolean),
  check,
  class: fieldClass,
  ...(shown && { shown }),
})

const each = (keys: string, check: Validator, fieldClass: FieldClass): readonly AllowRow[] =>
  keys.split(' ').map((key) => row(key, '', check, fieldClass))

const METHOD = oneOf(
  ...'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT QUERY _OTHER'.split(' '),
)
const SIZE = int(0, MAX_SAFE)

export const ALLOW_LIST: readonly AllowRow[] = [
  // Span and error
  row('otel.status_description', '', either(sqlState, scrubbed), 'B'),
  row('error.type', '', ident(160), 'A'),
  row('exception.type', '', ident(160), 'A'),
  row('exception.message', 'error.message', scrubbed, 'B'),
  row('exception.stacktrace', 'code.stacktrace', frames, 'B'),
  row('exception.escaped', '', bool, 'A'),
  row('otel.scope.name', 'otel.library.name', ident(160), 'B'),
  row('otel.scope.version', 'otel.library.version', version, 'B'),

  // HTTP and network
  row('http.request.method', 'http.method', METHOD, 'A'),
  row('http.request.method_original', '', METHOD, 'A'),
  row('http.response.status_code', 'http.status_code', int(100, 599), 'A'),
  row('http.route', '', template, 'B'),
  row('url.template', '', template, 'B'),
  row('url.path', 'http.target', template, 'B'),
  row('url.scheme', 'http.scheme', oneOf('http', 'https', 'amqp', 'amqps'), 'A'),
  row('http.request.resend_count', 'http.resend_count', int(0, 1_000), 'A'),
  row('http.request.body.size', 'http.request_content_length', SIZE, 'A'),
  row('http.response.body.size', 'http.response_content_length', SIZE, 'A'),
  row('network.protocol.name', 'net.protocol.name', ident(20), 'A'),
  row('network.protocol.version', 'net.protocol.version http.flavor', version, 'A'),
  row(
    'network.transport',
    'net.transport',
    oneOf('tcp', 'udp', 'pipe', 'unix', 'quic', 'ip_tcp', 'ip_udp', 'inproc'),
    'A',
  ),
  row('server.address', 'net.peer.name net.host.name http.host', dns, 'B'),
  row('server.port', 'net.peer.port net.host.port', int(1, 65_535), 'B'),

  // Database
  row('db.system.name', 'db.system', ident(40), 'B'),
  row('db.namespace', 'db.name', ident(128), 'B'),
  row('db.operation.name', 'db.operation', ident(40), 'B'),
  row('db.collection.name', 'db.sql.table', ident(128), 'B'),
  row('db.stored_procedure.name', '', ident(128), 'B'),
  row('db.query.summary', '', shape(255), 'B'),
  row('db.query.text', 'db.statement', shape(2_048), 'B'),
  row('db.response.status_code', '', either(sqlState, int(0, 99_999)), 'B'),
  ...each('db.response.returned_rows db.operation.batch.size', SIZE, 'B'),
  row('db.client.connection.pool.name', '', ident(80), 'B'),

  // Messaging
  row('messaging.system', '', ident(40), 'A'),
  row('messaging.destination.name', 'messaging.destination', destination, 'B'),
  ...each(
    'messaging.destination.template messaging.consumer.group.name rabbitmq.queue rabbitmq.exchange',
    id(200),
    'B',
  ),
  ...each('messaging.destination.temporary messaging.destination.anonymous', bool, 'B'),
  row('messaging.rabbitmq.destination.routing_key', 'messaging.rabbitmq.routing_key', id(255), 'B'),
  row('messaging.operation.type', 'messaging.operation', messagingOperation, 'A'),
  ...each('messaging.operation.name rabbitmq.command', ident(40), 'A'),
  row('messaging.message.id', 'messaging.message_id', id(255), 'B'),
  row('messaging.message.conversation_id', 'messaging.conversation_id', id(255), 'B'),
  row(
    'messaging.rabbitmq.message.delivery_tag',
    'messaging.rabbitmq.delivery_tag',
    int(0, 2n ** 63n),
    'B',
  ),
  row(
    'messaging.message.body.size',
    'messaging.message.payload_size_bytes messaging.message_payload_size_bytes',
    SIZE,
    'A',
  ),
  row('messaging.message.envelope.size', '', SIZE, 'A'),
  row('messaging.batch.message_count', '', int(0, 1_000_000), 'A'),
  row(
    'messaging.client.id',
    'messaging.client_id messaging.consumer_id messaging.consumer.id',
    id(255),
    'B',
  ),
  row('rabbitmq.record.queue_time_ms', '', ms, 'A'),
  row('rabbitmq.delivery_mode', '', int(1, 2), 'B'),

  // RPC
  row('rpc.system.name', 'rpc.system', ident(40), 'A'),
  row('rpc.service', '', ident(160), 'B'),
  row('rpc.method', '', ident(200), 'B'),
  ...each('rpc.response.status_code rpc.grpc.status_code', either(int(0, 16), ident(40)), 'A'),

  // AWS and S3
  row('aws.s3.bucket', 'aws.bucket.name', bucket, 'B'),
  row('aws.s3.key', '', s3Key, 'B', (value) => value.slice(-8)),
  row('aws.s3.part_number', '', int(1, 10_000), 'B'),
  row('aws.s3.upload_id', '', id(1_024), 'R'),
  row('aws.request_id', 'aws.requestId', id(128), 'B'),
  row('aws.extended_request_id', '', id(128), 'B'),
  row('cloud.region', 'aws.region', id(40), 'B'),
  row('cloud.availability_zone', '', id(40), 'B'),

  // Resource: deployment, service, telemetry
  row('deployment.environment.name', 'deployment.environment', id(40), 'A'),
  row('service.namespace', '', id(80), 'B'),
  row('service.version', '', version, 'B'),
  row('service.instance.id', '', either(uuid, id(255)), 'B'),
  ...each('telemetry.sdk.language telemetry.sdk.name telemetry.distro.name', ident(40), 'B'),
  ...each('telemetry.sdk.version telemetry.distro.version telemetry.auto.version', version, 'B'),

  // Kubernetes, container, host, process
  ...'cluster namespace node pod container deployment replicaset statefulset daemonset job cronjob'
    .split(' ')
    .map((kind) => row(`k8s.${kind}.name`, '', kubeName, 'B')),
  row('k8s.pod.uid', '', uuid, 'B'),
  row('k8s.container.restart_count', '', int(0, 1_000_000), 'B'),
  row('container.id', '', hex(12, 64), 'B'),
  ...each('container.name container.image.name', id(255), 'B'),
  row('container.image.tag', 'container.image.tags', version, 'B'),
  row('host.name', '', either(dns, id(128)), 'B'),
  row('host.id', '', id(128), 'B'),
  ...each('host.arch os.type', ident(20), 'B'),
  row('process.pid', '', int(1, 2n ** 31n), 'B'),
  ...each('process.runtime.name process.executable.name', id(80), 'B'),
  row('process.creation.time', '', instant, 'B'),
  row('process.runtime.version', '', version, 'B'),
  row('thread.id', '', SIZE, 'B'),
  row('thread.name', '', id(120), 'B'),
  row('code.function.name', 'code.function', ident(200), 'B'),
  row('code.namespace', '', ident(200), 'B'),
  row('code.line.number', 'code.lineno', int(1, 1_000_000), 'B'),
  row('code.file.path', 'code.filepath', baseName, 'B'),

  // Order
  row('order.id', 'order_id orderId app.order.id', order, 'A'),
  row('order.status.to', 'order.status', ident(60), 'A'),
  row('order.status.from', 'order.previous_status', ident(60), 'A'),
  row('order.channel', 'source', channel, 'A'),
  row('partner.id', 'partner_id', id(80), 'A'),
  row('customer.id', 'user.id enduser.id', id(80), 'HC'),
  ...each('seller.id operator.id actor.id', id(80), 'HS'),
  row('file.id', 'file_id', id(128), 'B'),
  row('file.etag', '', etag, 'B'),
  row('file.size_bytes', 'model.size_bytes', SIZE, 'A'),
  row('file.format', '', ident(12), 'A'),
  row('price.calc.polygons', 'model.polygons model.polygon_count', int(0, 10n ** 12n), 'A'),
  row('price.calc.attempt', 'attempt', int(1, 10_000), 'A'),
  row('price.calc.result', 'price.calculation.result', oneOf('success', 'error', 'timeout'), 'A'),
  row('correlation.id', 'correlation_id', id(128), 'B'),
  row('event.id', 'message_id', id(128), 'B'),
]

/** Keys that are never read, whatever the value and whatever a row says. */
export const NEVER =
  /pass|secret|token|auth|cookie|session|api[._-]?key|card|iban|cvv|^baggage$|^w3c\.tracestate$/i

/** Headers, where one may be configured as an alias of the order id: class R, and S otherwise. */
export const HEADER = /^(?:messaging\.header|http\.(?:request|response)\.header)\./
