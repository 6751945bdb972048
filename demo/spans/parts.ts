import type { Model, Problem } from '@/demo/company/order'
import type { World } from '@/demo/company/world'
import type { Emitted, Service, Values } from './emit'
import { emit } from './emit'

/** Where a part of a trace hangs. */
export type Under = {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly at: number
  readonly ms: number
  readonly values: Values
  readonly error?: Problem | null
}

/** A statement as the service's driver reports it: the Java agent by old names, Npgsql by version. */
export function database(
  out: Emitted[],
  world: World,
  service: Service,
  verb: string,
  table: string,
  text: string,
  under: Under,
): void {
  const { error } = under
  const code = error?.code
  if (service !== 'mes-api') {
    const values = {
      'db.system': 'postgresql',
      'db.name': 'demo_shop',
      'db.operation': verb,
      'db.sql.table': table,
      'db.statement': text,
      'server.address': 'rc1a-shop.mdb.example',
      'thread.name': 'http-nio-8080-exec-4',
      ...(code && { 'db.response.status_code': code }),
    }
    emit(out, {
      ...under,
      service,
      scope: 'jdbc',
      kind: 'client',
      name: `${verb} ${table}`,
      values: { ...under.values, ...values },
    })
    return
  }
  const isNew = under.at >= world.upgradeAt
  const values = isNew
    ? {
        'db.system.name': 'postgresql',
        'db.namespace': 'demo_mes',
        'db.query.text': text,
        'server.address': 'rc1a-mes.mdb.example',
        ...(code && { 'db.response.status_code': code }),
      }
    : {
        'db.system': 'postgresql',
        'db.name': 'demo_mes',
        'db.user': 'mes',
        'db.statement': text,
        'net.peer.name': 'rc1a-mes.mdb.example',
        'net.peer.ip': '10.0.4.21',
      }
  emit(out, {
    ...under,
    service,
    scope: isNew ? 'npgsql10' : 'npgsql9',
    kind: 'client',
    name: isNew ? 'postgresql' : 'demo_mes',
    values: { ...under.values, ...values },
  })
}

/** A request to the file storage: Java names the bucket, .NET the key as well. */
export function storage(
  out: Emitted[],
  service: Service,
  operation: 'PutObject' | 'GetObject',
  model: Model,
  under: Under,
): void {
  const isNet = service === 'mes-api'
  const values = {
    'rpc.system': 'aws-api',
    'rpc.service': 'S3',
    'rpc.method': operation,
    'aws.s3.bucket': model.bucket,
    ...(isNet && { 'aws.s3.key': model.key }),
    'aws.request_id': under.spanId.toUpperCase(),
    'http.response.status_code': under.error?.code === 'NoSuchKey' ? 404 : under.error ? 503 : 200,
    'server.address': 'storage.example',
  }
  emit(out, {
    ...under,
    service,
    scope: isNet ? 'awsNet' : 'awsJava',
    kind: 'client',
    name: `S3.${operation}`,
    values: { ...under.values, ...values },
  })
}
