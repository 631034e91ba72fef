import { GetFunctionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';

const MINUTE_MS = 60_000;
/** Functions are handled one by one: delays of the queue are no multiples of this for long. */
const APART_MS = 1_700;
const HANDLER = '*lambda-vpc-guardrail-enforce-on-change';

/** What is done to a function, and the call that the guardrail answers with. */
interface Deeds {
  readonly created: (typeof NETWORK)[keyof typeof NETWORK];
  /** Absent: the creation is the deed. */
  readonly updated?: (typeof NETWORK)[keyof typeof NETWORK];
  readonly answer: string;
}

const DEEDS = {
  quarantine: { created: NETWORK.detached, answer: 'PutFunctionConcurrency' },
  revert: {
    created: NETWORK.approved,
    updated: NETWORK.forbidden,
    answer: 'UpdateFunctionConfiguration',
  },
  release: {
    created: NETWORK.detached,
    updated: NETWORK.approved,
    answer: 'DeleteFunctionConcurrency',
  },
} as const satisfies Record<string, Deeds>;

type Kind = keyof typeof DEEDS;

/** A call of the handler that answers: the nth of its operation since the deed. */
interface Point {
  readonly operation: string;
  readonly nth: number;
  readonly after: boolean;
}

/** A function that a kind of deed is done to. */
interface Victim {
  readonly name: string;
  readonly kind: Kind;
  /** Absent: its handler lives. */
  readonly point?: Point;
}

describe('the deployed handler whose execution environment dies', () => {
  let deployed: DeployedAccount;
  const survivors: readonly Victim[] = kinds().map((kind) => ({ kind, name: `plain-${kind}` }));
  let victims: readonly Victim[];

  beforeAll(async () => {
    deployed = await startDeployedAccount();
    const points = await playUndisturbed();
    victims = kinds().flatMap((kind) =>
      points[kind].map((point, index) => ({ kind, name: `dies-${kind}-${100 + index}`, point })),
    );
    await play(victims);
  }, 120_000);

  afterAll(async () => {
    await deployed.close();
  });

  /** Does to every function what its kind says, one after the other, and waits until all is over. */
  async function play(played: readonly Victim[]): Promise<void> {
    const { create, lambda } = deployed;
    await inTurn(played, async (victim) => {
      const { created, updated }: Deeds = DEEDS[victim.kind];
      if (updated === undefined) plant(victim);
      await create(victim.name, created);
    });
    const updates = played.filter(({ kind }) => 'updated' in DEEDS[kind]);
    await inTurn(updates, async (victim) => {
      plant(victim);
      const { updated: VpcConfig }: Deeds = DEEDS[victim.kind];
      await lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: victim.name, VpcConfig }),
      );
    });
  }

  async function inTurn(
    played: readonly Victim[],
    step: (victim: Victim) => Promise<void>,
  ): Promise<void> {
    for (const victim of played) {
      await step(victim);
      await deployed.account.advance(APART_MS);
    }
    await deployed.account.advance(12 * MINUTE_MS);
  }

  function plant({ name: handling, point }: Victim): void {
    if (point === undefined) return;
    const rule = { service: '*', ...point, handling, caller: HANDLER };
    deployed.account.faults.add({ ...rule, kind: 'crash' });
  }

  /** Answers the calls of the handlers that answer, each as a point to die at. */
  async function playUndisturbed(): Promise<Readonly<Record<Kind, readonly Point[]>>> {
    const { journal } = deployed.account;
    const points: Partial<Record<Kind, readonly Point[]>> = {};
    for (const survivor of survivors) {
      const from = journal.calls.length;
      await play([survivor]);
      points[survivor.kind] = pointsOf(journal.calls.slice(from), DEEDS[survivor.kind]);
    }
    return points as Record<Kind, readonly Point[]>;
  }

  async function endOf({ name }: Victim) {
    const { Configuration, Concurrency } = await deployed.lambda.send(
      new GetFunctionCommand({ FunctionName: name }),
    );
    const told = deployed.account.journal.messages
      .flatMap(({ bodies, topicArn }) => (topicArn.includes('Findings') ? [bodies['default']] : []))
      .map((body) => JSON.parse(body ?? '{}') as Told)
      .filter(({ functionArn }) => functionArn?.endsWith(`:${name}`));
    const ids = new Map(
      told.map((notice) => [notice.id, `${notice.kind} (${notice.remediation})`]),
    );
    return {
      subnets: Configuration?.VpcConfig?.SubnetIds,
      status: Configuration?.LastUpdateStatus,
      reserved: Concurrency?.ReservedConcurrentExecutions,
      told: [...ids.values()].sort(),
    };
  }

  it.each(kinds())('dies at every call around a %s, and it ends as it would have', async (kind) => {
    const dead = victims.filter((victim) => victim.kind === kind);
    const ends = await Promise.all(
      dead.map(async (victim) => [describePoint(victim), await endOf(victim)]),
    );

    const survived = await endOf({ kind, name: `plain-${kind}` });
    expect(ends).toEqual(dead.map((victim) => [describePoint(victim), survived]));
    expect(survived.told).not.toEqual([]);
  });

  it('has died at each of them', () => {
    const { faults, journal } = deployed.account;
    const dead = journal.invocations.filter(({ isError }) => isError);

    expect(faults.list().filter(({ hits }) => hits !== 1)).toEqual([]);
    expect(dead).toHaveLength(victims.length);
    expect(victims.length).toBeGreaterThan(25);
    process.stdout.write(`crash points over the wire: ${victims.length}\n`);
  });
});

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly remediation: string;
  readonly functionArn?: string;
}

interface Called {
  readonly atMs: number;
  readonly operation: string;
  readonly caller: string;
  readonly status: number;
}

function kinds(): readonly Kind[] {
  return Object.keys(DEEDS) as Kind[];
}

function describePoint({ point }: Victim): string {
  return `${point?.after ? 'after' : 'before'} ${point?.operation} ${point?.nth}`;
}

/** Reads that are not made again by an environment that remembers them. */
const REMEMBERED = /^(Describe|List|Simulate)/;

/**
 * Right after every call of the handler that gave the answer, and right before the answer itself.
 *
 * Of several calls of a kind in a row the last has to do: each costs a new environment.
 */
function pointsOf(calls: readonly Called[], { answer, updated }: Deeds): readonly Point[] {
  const deed = calls.findLastIndex(({ operation, caller }) => isDeed(operation, caller, updated));
  const own = calls.slice(deed).filter(({ caller }) => caller.includes('enforce-on-change'));
  const atMs = own.find(({ operation }) => operation === answer)?.atMs;
  return own.flatMap((call, at) => {
    const { operation } = call;
    const isRepeated = own[at + 1]?.operation === operation && own[at + 1]?.atMs === atMs;
    if (call.atMs !== atMs || call.status >= 400 || isRepeated || REMEMBERED.test(operation))
      return [];
    const same = own.slice(0, at + 1).filter((other) => isLike(other, operation));
    const after = { operation, nth: same.length, after: true };
    return operation === answer ? [{ ...after, after: false }, after] : [after];
  });
}

function isLike({ operation, status }: Called, wanted: string): boolean {
  return operation === wanted && status < 400;
}

function isDeed(operation: string, caller: string, updated: Deeds['updated']): boolean {
  const deed = updated === undefined ? 'CreateFunction' : 'UpdateFunctionConfiguration';
  return operation === deed && !caller.includes('assumed-role');
}
