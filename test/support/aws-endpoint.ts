import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const CAPACITY_PROVIDER = JSON.stringify({
  CapacityProvider: { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
});

/** One request as it came over the wire. */
interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  /** The service that it was signed for. */
  readonly service: string;
  readonly body: string;
}

/** What is answered instead of success. */
interface WireError {
  readonly status: number;
  readonly name: string;
}

/** A server on loopback that any AWS client can be pointed at. */
export interface AwsEndpoint {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  readonly countConnections: () => number;
  /** From now on every request fails, or succeeds again. */
  readonly failWith: (error: WireError | undefined) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a server that notes every request, and answers all of them as well as it has to. */
export async function startAwsEndpoint(): Promise<AwsEndpoint> {
  let error: WireError | undefined;
  let connections = 0;
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void receive(request).then((received) => {
      requests.push(received);
      if (error !== undefined) response.setHeader('x-amzn-errortype', error.name);
      response.writeHead(error?.status ?? 200);
      response.end(toAnswer(received));
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    countConnections: () => connections,
    failWith: (next) => {
      error = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const ANSWERS: Readonly<Record<string, string>> = {
  ec2: '<Response/>',
  iam: '<Response><SimulatePrincipalPolicyResult/></Response>',
  sns: '<Response><PublishResult/></Response>',
};

function toAnswer({ service, body, path }: ReceivedRequest): string {
  if (path.includes('/capacity-providers/')) return CAPACITY_PROVIDER;
  if (service !== 'sqs') return ANSWERS[service] ?? '{}';
  // AWS: the SQS client refuses an answer without the digest of what it sent.
  const { MessageBody } = JSON.parse(body) as { readonly MessageBody: string };
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
  return JSON.stringify({ MD5OfMessageBody });
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', url = '', headers } = request;
  const [, service = ''] = /\/([\w-]+)\/aws4_request/u.exec(headers.authorization ?? '') ?? [];
  return { method, path: url, service, body: Buffer.concat(chunks).toString() };
}
