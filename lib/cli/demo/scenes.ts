import {
  CreateFunctionCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import type { People } from './people.ts';

/** One thing that somebody does in the account. */
export interface Scene {
  /** What happens, for people. */
  readonly title: string;
  readonly act: (people: People) => Promise<void>;
  /** How much virtual time passes before the next one. */
  readonly lastsMs: number;
}

const MINUTE = 60_000;
const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const GROUP = 'sg-085912345678492fb';
const APPROVED: VpcConfig = {
  SubnetIds: ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'],
  SecurityGroupIds: [GROUP],
};
const FORBIDDEN: VpcConfig = {
  SubnetIds: ['subnet-0f0e0d0c0b0a0f001'],
  SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'],
};
const LAB: VpcConfig = { SubnetIds: ['subnet-0a1b2c3d4e5f6b001'], SecurityGroupIds: [GROUP] };
const PUBLIC: VpcConfig = {
  SubnetIds: ['subnet-0a1b2c3d4e5f6a001'],
  SecurityGroupIds: ['sg-0a1b2c3d4e5f6d001'],
};
const DETACHED: VpcConfig = { SubnetIds: [], SecurityGroupIds: [] };

/** What people do before two quiet weeks. */
export const SCENES: readonly Scene[] = [
  {
    title: 'maria creates `orders-api` in the approved VPC',
    act: ({ maria }) => create(maria, 'orders-api', APPROVED),
    lastsMs: 5 * MINUTE,
  },
  {
    title: 'maria creates `nightly-report` in the approved VPC',
    act: ({ maria }) => create(maria, 'nightly-report', APPROVED),
    lastsMs: 5 * MINUTE,
  },
  {
    title: 'maria creates `thumbnails` without a VPC',
    act: ({ maria }) => create(maria, 'thumbnails'),
    lastsMs: MINUTE,
  },
  {
    title: 'maria creates `billing-export` in the forbidden VPC',
    act: ({ maria }) => create(maria, 'billing-export', FORBIDDEN),
    lastsMs: 5 * MINUTE,
  },
  {
    title: 'maria moves `orders-api` to a forbidden subnet',
    act: ({ maria }) => update(maria, 'orders-api', { VpcConfig: LAB }),
    lastsMs: 10 * MINUTE,
  },
  {
    title: 'maria detaches `orders-api` with empty lists',
    act: ({ maria }) => update(maria, 'orders-api', { VpcConfig: DETACHED }),
    lastsMs: 10 * MINUTE,
  },
  {
    title: 'maria changes the timeout of `orders-api`, no VPC settings in the call',
    act: ({ maria }) => update(maria, 'orders-api', { Timeout: 12 }),
    lastsMs: 5 * MINUTE,
  },
  {
    title: 'ivan tries to create `scratch` without a VPC, and IAM denies it',
    act: async ({ ivan }) => {
      await create(ivan, 'scratch').catch(expectDenial);
    },
    lastsMs: MINUTE,
  },
];

/** The function that an operator asks every control about. */
export const CROSSROADS = 'crossroads';

/** What maria does before that. */
export const CROSSROADS_SCENE: Scene = {
  title: `maria creates \`${CROSSROADS}\` in a public subnet, with the default security group`,
  act: ({ maria }) => create(maria, CROSSROADS, PUBLIC),
  lastsMs: 5 * MINUTE,
};

function expectDenial(error: unknown): void {
  if (error instanceof Error && error.name === 'AccessDeniedException') return;
  throw error;
}

async function create(client: LambdaClient, name: string, attachment?: VpcConfig): Promise<void> {
  await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile: new TextEncoder().encode('a package that is never run') },
      Tags: { team: 'shop' },
      ...(attachment === undefined ? {} : { VpcConfig: attachment }),
    }),
  );
}

async function update(
  client: LambdaClient,
  name: string,
  change: { readonly VpcConfig?: VpcConfig; readonly Timeout?: number },
): Promise<void> {
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, ...change }));
}
