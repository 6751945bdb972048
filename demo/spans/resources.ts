import type { Service } from './emit'
import { toAttributes } from './emit'
import type { Resource } from './otlp'

/** What each service says of itself; with what a careless company lets slip. */
export const RESOURCES: Readonly<Record<Service, Resource>> = {
  'shop-api': java('shop-api', '4.18.2', '10.0.4.11', 'Kx9-shop-prod'),
  'crm-api': java('crm-api', '2.9.0', '10.0.4.12', 'Wq2-crm-prod'),
  'mes-api': {
    attributes: toAttributes({
      'service.name': 'mes-api',
      'service.version': '7.3.1',
      'service.instance.id': 'mes-api-0',
      'deployment.environment.name': 'prod',
      'telemetry.sdk.language': 'dotnet',
      'telemetry.sdk.name': 'opentelemetry',
      'telemetry.sdk.version': '1.14.0',
      'host.name': 'mes-vm-01',
      'k8s.namespace.name': 'alexandrite',
      'k8s.pod.name': 'mes-api-6f9d5b7c4-x2x9p',
      'process.pid': 1,
    }),
  },
}

function java(service: string, version: string, ip: string, password: string): Resource {
  return {
    attributes: toAttributes({
      'service.name': service,
      'service.version': version,
      'service.instance.id': `${service}-0`,
      'deployment.environment': 'prod',
      'telemetry.sdk.language': 'java',
      'telemetry.distro.name': 'opentelemetry-java-instrumentation',
      'telemetry.distro.version': '2.31.0',
      'host.name': `${service}-vm-01`,
      'host.ip': [ip],
      'k8s.namespace.name': 'alexandrite',
      'process.command_args': [
        'java',
        `-Dspring.datasource.password=${password}`,
        '-jar',
        `${service}.jar`,
      ],
    }),
  }
}

/** The names and versions of the libraries that write the spans. */
export const SCOPES: Readonly<Record<string, { name: string; version: string }>> = {
  tomcat: { name: 'io.opentelemetry.tomcat-10.0', version: '2.31.0-alpha' },
  jdbc: { name: 'io.opentelemetry.jdbc', version: '2.31.0-alpha' },
  scheduling: { name: 'io.opentelemetry.spring-scheduling-3.1', version: '2.31.0-alpha' },
  rabbitJava: { name: 'io.opentelemetry.rabbitmq-2.7', version: '2.31.0-alpha' },
  spring: { name: 'io.opentelemetry.spring-rabbit-1.0', version: '2.31.0-alpha' },
  awsJava: { name: 'io.opentelemetry.aws-sdk-2.2', version: '2.31.0-alpha' },
  crm: { name: 'ru.alexandrite.crm', version: '2.9.0' },
  aspnet: { name: 'Microsoft.AspNetCore', version: '10.0.0' },
  npgsql9: { name: 'Npgsql', version: '9.0.4' },
  npgsql10: { name: 'Npgsql', version: '10.0.3' },
  publisher: { name: 'RabbitMQ.Client.Publisher', version: '7.2.2' },
  subscriber: { name: 'RabbitMQ.Client.Subscriber', version: '7.2.2' },
  awsNet: { name: 'Amazon.AWS.AWSClientInstrumentation', version: '1.14.0' },
  mes: { name: 'Mes.Pricing', version: '7.3.1' },
}
