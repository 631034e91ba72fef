import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListExportsCommand } from '@aws-sdk/client-cloudformation';
import { EC2Client, ReplaceRouteCommand } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { App, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTemplateText } from '../../lib/local/cloudformation/template-text.ts';
import { PrivatePublicVpc } from '../../lib/samples/private-public-vpc.ts';
import { PrivateVpc } from '../../lib/samples/private-vpc.ts';
import { ServiceEndpoints } from '../../lib/samples/service-endpoints.ts';
import { type StackAccount, startStackAccount } from '../local/cloudformation/stack-account.ts';
import { attachFunction, judgeNetwork } from './sample-network.ts';

const ALL_WELL = {
  State: 'Active',
  'LVG.3': 'compliant',
  'LVG.4': 'compliant',
  'LVG.5': 'compliant',
  'LVG.6': 'compliant',
  'LVG.9': 'compliant',
};

let stacks: StackAccount;

beforeAll(async () => {
  stacks = await startStackAccount();
});

afterAll(() => stacks.close());

function readSample(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, '../../samples', name), 'utf8');
}

/** The template of a stack with one construct in it. */
function synthesize(add: (scope: Construct) => void): object {
  const app = new App({ analyticsReporting: false });
  add(new Stack(app, 'Sample'));
  return app.synth().getStackByName('Sample').template;
}

/** What a template is made of: types, and names of exports. */
function contentsOf(template: unknown) {
  const { Resources = {}, Outputs = {} } = template as {
    readonly Resources?: Readonly<Record<string, { Type: string; Condition?: string }>>;
    readonly Outputs?: Readonly<Record<string, unknown>>;
  };
  return {
    types: Object.values(Resources)
      .filter(({ Condition }) => Condition === undefined)
      .map(({ Type }) => Type)
      .sort(),
    outputs: Object.keys(Outputs).length,
  };
}

const FORMS = [
  {
    form: 'YAML',
    network: () => readSample('vpc-private.yaml'),
    withNat: () => readSample('vpc-privatepublic.yaml'),
    endpoints: () => readSample('vpc-endpoints.yaml'),
  },
  {
    form: 'the CDK',
    network: async () => synthesize((scope) => new PrivateVpc(scope, 'Network')),
    withNat: async () => synthesize((scope) => new PrivatePublicVpc(scope, 'Network')),
    endpoints: async () =>
      synthesize((scope) => new ServiceEndpoints(scope, 'Services', importsOf('cdk-private'))),
  },
];

/** What the endpoints need of a private network, by its exports. */
function importsOf(stack: string) {
  const of = (name: string) => Fn.importValue(`${stack}-${name}`);
  return {
    vpcId: of('vpc'),
    subnetIds: [of('subnet-a'), of('subnet-b')],
    functionGroupId: of('vpc-sg'),
  };
}

async function exportOf(name: string): Promise<string> {
  const { Exports = [] } = await stacks.client.send(new ListExportsCommand({}));
  return Exports.find(({ Name }) => Name === name)?.Value ?? '';
}

/** Services that the endpoints of the sample serve. */
const SERVED = ['ec2', 'events', 'lambda', 'sns', 'sqs', 'sts'];

/** What a function says of what it reaches. */
async function readReached(FunctionName: string, reach: readonly string[]) {
  const lambda = new LambdaClient(stacks.account.settings());
  const { Payload = [] } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify({ reach }) }),
  );
  lambda.destroy();
  return JSON.parse(Buffer.from(Payload).toString('utf8'));
}

describe.each(FORMS)('the samples from $form', ({ form, network, withNat, endpoints }) => {
  const prefix = form === 'YAML' ? 'yaml' : 'cdk';

  it('make a private network in which functions have no way out', async () => {
    const name = `${prefix}-private`;
    const stack = await stacks.create(name, await network());
    expect(await stacks.failures(name)).toEqual([]);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    const exported = exportsOf(stack);

    await attachFunction(stacks.account, name, {
      subnetIds: [exported['subnet-a'] ?? '', exported['subnet-b'] ?? ''],
      groupId: exported['vpc-sg'] ?? '',
    });

    expect(await judgeNetwork(stacks.account, name, { allow: 'none' })).toEqual(ALL_WELL);
    const withSts = await judgeNetwork(stacks.account, name, {
      allow: 'nat',
      services: ['s3', 'sts'],
    });
    expect(withSts).toMatchObject({ 'LVG.4': 'violation', 'LVG.5': 'violation' });
  });

  it('let functions of a private network call services by interface endpoints', async () => {
    const name = `${prefix}-private`;
    const Parameters = [{ ParameterKey: 'NetworkStack', ParameterValue: name }];
    const given = form === 'YAML' ? { Parameters } : {};
    const before = await readReached(name, [...SERVED, 's3']);
    const stack = await stacks.create(`${prefix}-endpoints`, await endpoints(), given);
    expect(await stacks.failures(`${prefix}-endpoints`)).toEqual([]);

    const services = [...SERVED, 's3', 'dynamodb'];
    expect(await judgeNetwork(stacks.account, name, { allow: 'none', services })).toEqual(ALL_WELL);
    expect(before.reaches).toMatchObject({ lambda: false, sts: false, s3: true });
    expect(await readReached(name, [...services, 'kms', 'internet'])).toMatchObject({
      reaches: {
        ...Object.fromEntries(services.map((id) => [id, true])),
        kms: false,
        internet: false,
      },
    });
    expect(Object.keys(exportsOf(stack))).toEqual(['endpoint-sg']);
  });

  it('keep services from functions that have another group', async () => {
    const name = `${prefix}-private-other`;
    const subnetIds = [await exportOf(`${prefix}-private-subnet-a`)];
    const groupId = await exportOf(`${prefix}-endpoints-endpoint-sg`);
    await attachFunction(stacks.account, name, { subnetIds, groupId });

    const { paths } = await readReached(name, ['sts']);

    const words = `^no inbound rule of ${groupId} of vpce-\\w+ allows tcp 443 from 10\\.40\\.`;
    expect(paths[0].because).toMatch(new RegExp(words));
  });

  it('make a network in which functions go out through a NAT gateway', async () => {
    const name = `${prefix}-out`;
    const stack = await stacks.create(name, await withNat());
    expect(await stacks.failures(name)).toEqual([]);
    const exported = exportsOf(stack);

    await attachFunction(stacks.account, name, {
      subnetIds: [exported['private-subnet-a'] ?? '', exported['private-subnet-b'] ?? ''],
      groupId: exported['vpc-sg'] ?? '',
    });
    await attachFunction(stacks.account, `${name}-public`, {
      subnetIds: [exported['public-subnet-a'] ?? ''],
      groupId: exported['vpc-sg'] ?? '',
    });

    const wanted = { allow: 'nat', services: ['s3', 'dynamodb', 'sts'] } as const;
    expect(await judgeNetwork(stacks.account, name, wanted)).toEqual(ALL_WELL);
    expect(await judgeNetwork(stacks.account, `${name}-public`, wanted)).toMatchObject({
      'LVG.3': 'violation',
      'LVG.6': 'violation',
    });
  });
});

function exportsOf({ StackName = '', Outputs = [] }: Awaited<ReturnType<StackAccount['create']>>) {
  return Object.fromEntries(
    Outputs.map(({ ExportName = '', OutputValue = '' }) => [
      ExportName.slice(StackName.length + 1),
      OutputValue,
    ]),
  );
}

describe('both forms of a sample', () => {
  it.each([
    ['vpc-private.yaml', FORMS[0]?.network, FORMS[1]?.network],
    ['vpc-privatepublic.yaml', FORMS[0]?.withNat, FORMS[1]?.withNat],
    ['vpc-endpoints.yaml', FORMS[0]?.endpoints, FORMS[1]?.endpoints],
  ])('make the same things: %s', async (_file, yaml, cdk) => {
    const [text, template] = [await yaml?.(), await cdk?.()];

    expect(contentsOf(template)).toEqual(contentsOf(readTemplateText(String(text))));
  });
});

describe('a network with a NAT gateway per zone', () => {
  it.each([
    ['YAML', () => readSample('vpc-privatepublic.yaml')],
    [
      'the CDK',
      async () =>
        synthesize((scope) => new PrivatePublicVpc(scope, 'Network', { natGateways: 'per-zone' })),
    ],
  ])('leads each private subnet to its own, from %s', async (form, read) => {
    const name = form === 'YAML' ? 'zones-yaml' : 'zones-cdk';
    const Parameters = [{ ParameterKey: 'NatGateways', ParameterValue: 'per-zone' }];
    const stack = await stacks.create(name, await read(), form === 'YAML' ? { Parameters } : {});
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');

    const { natGateways, routeTables } = stacks.account.network;
    const [{ OutputValue: vpcId } = {}] = (stack.Outputs ?? []).filter(({ ExportName }) =>
      ExportName?.endsWith('-vpc'),
    );
    const targets = [...routeTables.values()]
      .filter((table) => table.vpcId === vpcId)
      .flatMap(({ routes }) => routes)
      .map(({ target }) => target)
      .filter((target) => target.startsWith('nat-'));

    expect(new Set(targets).size).toBe(2);
    expect(targets.map((id) => natGateways.get(id)?.state)).toEqual(['available', 'available']);
    expect((await stacks.remove(name)).StackStatus).toBe('DELETE_COMPLETE');
  });
});

describe('a sample with functions in it', () => {
  it('is judged by what its routes are now', async () => {
    const { account } = stacks;
    const { network } = account;
    const ec2 = new EC2Client(account.settings());
    const RouteTableId = await stacks.physicalId('yaml-out', 'PrivateRouteTableA');
    const GatewayId = await stacks.physicalId('yaml-out', 'InternetGateway');

    await ec2.send(
      new ReplaceRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId }),
    );

    expect(network.routeTables.get(RouteTableId)?.routes).toContainEqual(
      expect.objectContaining({ target: GatewayId }),
    );
    expect(await judgeNetwork(account, 'yaml-out', { allow: 'nat' })).toMatchObject({
      'LVG.3': 'violation',
    });
    ec2.destroy();
  });
});
