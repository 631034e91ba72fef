import { ec2Fault } from './ec2-faults.ts';

/** By service: the prefix list of its addresses. */
const GATEWAY_SERVICES: Readonly<Record<string, string>> = {
  s3: 'pl-63a5400a',
  dynamodb: 'pl-02cd2c6b',
};

const INTERFACE_SERVICES = new Set(
  `athena cloudformation cloudtrail codebuild config dynamodb ec2 ec2messages ecr.api ecr.dkr ecs
  elasticfilesystem elasticloadbalancing events execute-api firehose glue kinesis-streams kms lambda
  logs monitoring rds rds-data s3 sagemaker.runtime secretsmanager servicecatalog sns sqs ssm
  ssmmessages states sts synthetics transfer xray`.split(/\s+/),
);

/** What this account knows and has no endpoint for. */
const INTERNET_SERVICES = new Set('chatbot iam organizations scheduler servicequotas'.split(' '));

/** Tells whether a word is the code of a service, such as `s3`; those with gateway endpoints have interfaces too. */
export function isService(word: string): boolean {
  return INTERFACE_SERVICES.has(word) || INTERNET_SERVICES.has(word);
}

/** A prefix list, as EC2 describes it. */
export interface PrefixList {
  readonly PrefixListId: string;
  readonly PrefixListName: string;
  readonly Cidrs: readonly string[];
}

/** The prefix lists that AWS manages. */
export function prefixListsOf(region: string): readonly PrefixList[] {
  return Object.entries(GATEWAY_SERVICES).map(([service, PrefixListId]) => ({
    PrefixListId,
    PrefixListName: `com.amazonaws.${region}.${service}`,
    Cidrs: [service === 's3' ? '52.216.0.0/15' : '52.94.0.0/22'],
  }));
}

/** The prefix list that the routes to a gateway endpoint have as destination. */
export function prefixListOf(serviceName: string): string {
  return GATEWAY_SERVICES[serviceName.slice(serviceName.lastIndexOf('.') + 1)] ?? '';
}

/** Tells whether AWS manages a prefix list of this id. */
export function isPrefixList(id: string): boolean {
  return Object.values(GATEWAY_SERVICES).includes(id);
}

/** Refuses a service that AWS does not have here, or does not offer in this form. */
export function checkService(
  region: string,
  serviceName: string,
  type: 'Gateway' | 'Interface',
): void {
  const prefix = `com.amazonaws.${region}.`;
  const service = serviceName.startsWith(prefix) ? serviceName.slice(prefix.length) : '';
  const offered = [
    ...(Object.hasOwn(GATEWAY_SERVICES, service) ? ['Gateway'] : []),
    ...(INTERFACE_SERVICES.has(service) ? ['Interface'] : []),
  ];
  if (offered.length === 0) {
    const message = `The Vpc Endpoint Service '${serviceName}' does not exist`;
    throw ec2Fault('InvalidServiceName', message);
  }
  if (offered.includes(type)) return;
  throw ec2Fault(
    'InvalidParameter',
    `Endpoint type (${type}) does not match available service types ([${offered.join(', ')}]).`,
  );
}
