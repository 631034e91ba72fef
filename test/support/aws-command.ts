import { NormalizedSchema } from '@smithy/core/schema';
import { type ReadFile, readFlags } from './aws-command-input.ts';
import { query } from './aws-command-query.ts';

/** What a command wrote, or the error that it ended with. */
export interface Printed {
  readonly output: string;
  readonly error?: { readonly name: string; readonly message: string };
}

/** What surrounds a command. */
export interface Surroundings {
  readonly endpoint: string;
  readonly accessKeyId: string;
  /** Those of earlier commands. */
  readonly clients: Map<string, AnyClient>;
  readonly readFile: ReadFile;
  readonly writeFile: (path: string, bytes: Uint8Array) => void;
}

type Sdk = Readonly<Record<string, unknown>>;

/** A client of the SDK, whichever. */
export interface AnyClient {
  readonly send: (command: object) => Promise<{ readonly $metadata?: unknown }>;
}

/** By the name that the AWS CLI gives a service. */
const SERVICES: Readonly<Record<string, { readonly sdk: () => Promise<Sdk>; client: string }>> = {
  cloudformation: {
    sdk: () => import('@aws-sdk/client-cloudformation'),
    client: 'CloudFormationClient',
  },
  cloudtrail: { sdk: () => import('@aws-sdk/client-cloudtrail'), client: 'CloudTrailClient' },
  ec2: { sdk: () => import('@aws-sdk/client-ec2'), client: 'EC2Client' },
  events: { sdk: () => import('@aws-sdk/client-eventbridge'), client: 'EventBridgeClient' },
  iam: { sdk: () => import('@aws-sdk/client-iam'), client: 'IAMClient' },
  lambda: { sdk: () => import('@aws-sdk/client-lambda'), client: 'LambdaClient' },
  organizations: {
    sdk: () => import('@aws-sdk/client-organizations'),
    client: 'OrganizationsClient',
  },
  scheduler: { sdk: () => import('@aws-sdk/client-scheduler'), client: 'SchedulerClient' },
  'service-quotas': {
    sdk: () => import('@aws-sdk/client-service-quotas'),
    client: 'ServiceQuotasClient',
  },
  sns: { sdk: () => import('@aws-sdk/client-sns'), client: 'SNSClient' },
  sqs: { sdk: () => import('@aws-sdk/client-sqs'), client: 'SQSClient' },
  sts: { sdk: () => import('@aws-sdk/client-sts'), client: 'STSClient' },
};

/** Does what the AWS CLI does with `aws SERVICE OPERATION …`, by the SDK and without a process of its own. */
export async function runAwsCommand(
  [service = '', operation = '', ...words]: readonly string[],
  surroundings: Surroundings,
): Promise<Printed> {
  const found = SERVICES[service];
  if (found === undefined) throw new Error(`unknown service \`${service}\``);
  const sdk = await found.sdk();
  const name = operationOf(sdk, operation);
  const { own, printing } = splitFlags(words);
  const { flags, code } = await takeZipFile(name, own, surroundings);
  const { input, rest } = await readFlags(inputOf(sdk, name), flags, surroundings.readFile);
  const client = clientOf(sdk, found.client, surroundings);
  try {
    const request = { ...input, ...code };
    const { $metadata, ...answer } = await client.send(
      newOf<object>(sdk, `${name}Command`, request),
    );
    return { output: print(keepPayload(answer, rest, surroundings), printing) };
  } catch (error) {
    if (!(error instanceof Error && '$metadata' in error)) throw error;
    return { output: '', error: { name: error.name, message: error.message } };
  }
}

function clientOf(sdk: Sdk, name: string, surroundings: Surroundings): AnyClient {
  const { clients, endpoint, accessKeyId } = surroundings;
  const key = `${name} ${accessKeyId}`;
  const client =
    clients.get(key) ??
    newOf<AnyClient>(sdk, name, {
      endpoint,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: 'local' },
    });
  clients.set(key, client);
  return client;
}

function operationOf(sdk: Sdk, operation: string): string {
  const wanted = `${operation.replaceAll('-', '')}command`;
  const command = Object.keys(sdk).find((name) => name.toLowerCase() === wanted);
  if (command === undefined) throw new Error(`unknown operation \`${operation}\``);
  return command.slice(0, -'Command'.length);
}

function inputOf(sdk: Sdk, name: string): NormalizedSchema {
  const schema = sdk[`${name}$`] as readonly unknown[];
  return NormalizedSchema.of(schema[4] as never);
}

function newOf<Made>(sdk: Sdk, name: string, argument: object): Made {
  const Constructor = sdk[name] as new (argument: object) => Made;
  return new Constructor(argument);
}

interface Printing {
  readonly query?: string | undefined;
  readonly format?: string | undefined;
}

/** What the CLI keeps for itself, and what is of the operation. */
function splitFlags(words: readonly string[]): { own: readonly string[]; printing: Printing } {
  const own = [...words];
  const take = (flag: string) => {
    const at = own.indexOf(flag);
    return at === -1 ? undefined : own.splice(at, 2)[1];
  };
  return { printing: { query: take('--query'), format: take('--output') }, own };
}

/** AWS: the CLI has `--zip-file` for the bytes that CreateFunction takes inside of `Code`. */
async function takeZipFile(name: string, words: readonly string[], { readFile }: Surroundings) {
  const at = name === 'CreateFunction' ? words.indexOf('--zip-file') : -1;
  if (at === -1) return { flags: words, code: {} };
  const ZipFile = await readFile((words[at + 1] ?? '').replace('fileb://', ''));
  return { flags: words.toSpliced(at, 2), code: { Code: { ZipFile } } };
}

/** AWS: an invocation's payload goes into the file that stands without a flag. */
function keepPayload(answer: object, [file]: readonly string[], to: Surroundings): object {
  if (file === undefined || !('Payload' in answer)) return answer;
  const { Payload, ...rest } = answer;
  to.writeFile(file, Payload instanceof Uint8Array ? Payload : new Uint8Array());
  return rest;
}

function print(answer: object, { query: asked, format }: Printing): string {
  const plain: unknown = JSON.parse(JSON.stringify(answer));
  const shown = asked === undefined ? plain : query(plain, asked);
  if (format !== 'text') return JSON.stringify(shown);
  return Array.isArray(shown) ? shown.join('\t') : String(shown ?? 'None');
}
