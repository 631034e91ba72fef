import { createControlContext } from '../../functions/core/controls/evaluate-controls.ts';
import type { Order } from '../../functions/core/order.ts';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { ReleaseRequest } from '../../functions/core/release-request.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import type { Outcome } from '../../functions/workflows/outcome.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import { type ReleaseAnswer, releaseFunction } from '../../functions/workflows/release-function.ts';
import type { Settings } from '../../functions/workflows/settings.ts';
import { ARN, enforcingPolicy } from './builders.ts';
import { createDrilledAws, type Message, OWN_ROLE } from './drilled-aws.ts';
import type { Obstacles } from './drilled-obstacles.ts';
import { type DrilledPeople, present } from './drilled-people.ts';
import { createFakeWorld, type FakeWorld } from './fakes.ts';

/** A function of the guardrail itself. */
export const OWN_FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-enforce';

const VISIBILITY_MS = 180_000;
const MOST_RECEIVES = 5;
const ASKS_AGAIN_MS = 60_000;
const PLAIN: Order = { functionArn: ARN, hops: 0, wake: false };

/** One function, people who call AWS, CloudTrail, a queue and the guardrail, on a clock that the drill moves. */
export interface Drill extends DrilledPeople {
  readonly world: FakeWorld;
  readonly settings: Settings;
  readonly ports: Ports;
  /** What every delivered message came to. */
  readonly outcomes: Outcome[];
  readonly errors: unknown[];
  /** What was delivered, in its order. */
  readonly delivered: Order[];
  /** What operators were answered. */
  readonly answers: ReleaseAnswer[];
  readonly obstacles: Obstacles;
  /** How many times the guardrail was started, by a message or by an operator. */
  readonly starts: () => number;
  /** From now on another policy is deployed. */
  readonly deploy: (policy: CompiledPolicy) => void;
  readonly send: (order: Partial<Order>, delayMs?: number) => void;
  /** Something happens so much later. */
  readonly later: (delayMs: number, act: () => void) => void;
  /** An operator asks for a release, and asks again in a minute where there was no answer but to wait. */
  readonly release: (request: Omit<ReleaseRequest, 'functionArn'>) => void;
  /** What waits in the queue comes in reverse. */
  readonly reverse: () => void;
  /** Delivers what is due, in its order, until nothing is left or so much time has passed. */
  readonly run: (forMs?: number) => Promise<void>;
  readonly pass: (ms: number) => void;
  readonly snapshot: () => FunctionSnapshot;
  readonly record: () => FunctionRecord;
  readonly noticeKinds: () => readonly string[];
}

/** Sets up a drill; `wrap` may come between the guardrail and the world. */
export function createDrill(
  policy: CompiledPolicy = enforcingPolicy(),
  wrap: (ports: Ports) => Ports = (ports) => ports,
): Drill {
  const world = createFakeWorld();
  const { clock, snapshots } = world;
  const outcomes: Outcome[] = [];
  const errors: unknown[] = [];
  const delivered: Order[] = [];
  const answers: ReleaseAnswer[] = [];
  let settings = settingsOf(policy);
  let starts = 0;
  const aws = createDrilledAws(world);
  const ports = wrap(aws.ports);
  const { messages, obstacles } = aws;
  const collect = (): void => {
    for (const { order, delaySeconds } of world.queue.splice(0)) {
      messages.push({ order, dueMs: clock.nowMs + delaySeconds * 1000, receives: 0 });
    }
  };
  const send: Drill['send'] = (order, delayMs = 0) => {
    messages.push({ order: { ...PLAIN, ...order }, dueMs: clock.nowMs + delayMs, receives: 0 });
  };
  const later = (delayMs: number, act: Message['act'] & object): void => {
    messages.push({ order: PLAIN, act, dueMs: clock.nowMs + delayMs, receives: 0 });
  };
  const enforce = async (order: Order): Promise<void> => {
    starts += 1;
    delivered.push(order);
    outcomes.push(await enforceFunction(order, ports, settings));
  };
  const release = async (request: ReleaseRequest): Promise<void> => {
    starts += 1;
    const answer = await releaseFunction(request, ports, settings);
    answers.push(answer);
    if (answer.reason.includes('ask again')) later(ASKS_AGAIN_MS, () => release(request));
  };
  const deliver = async (message: Message): Promise<void> => {
    clock.nowMs = Math.max(clock.nowMs, message.dueMs);
    obstacles.settleWhatIsDue();
    try {
      await (message.act ?? (() => enforce(message.order)))();
    } catch (error) {
      errors.push(error);
      message.receives += 1;
      message.dueMs = clock.nowMs + (message.act === undefined ? VISIBILITY_MS : ASKS_AGAIN_MS);
      if (message.receives >= MOST_RECEIVES) throw error;
      messages.push(message);
    }
  };
  return {
    world,
    get settings() {
      return settings;
    },
    ports,
    outcomes,
    errors,
    delivered,
    answers,
    obstacles,
    starts: () => starts,
    ...aws.people,
    deploy: (deployed) => {
      settings = settingsOf(deployed);
    },
    send,
    later,
    release: (request) => later(0, () => release({ functionArn: ARN, ...request })),
    reverse: () => {
      const dues = messages.map(({ dueMs }) => dueMs);
      messages.reverse();
      for (const [at, message] of messages.entries()) message.dueMs = dues[at] ?? message.dueMs;
    },
    run: async (forMs = 86_400_000) => {
      const endMs = clock.nowMs + forMs;
      for (;;) {
        collect();
        const next = messages.reduce<Message | undefined>(
          (first, message) =>
            first === undefined || message.dueMs < first.dueMs ? message : first,
          undefined,
        );
        if (next === undefined || next.dueMs > endMs) return;
        messages.splice(messages.indexOf(next), 1);
        await deliver(next);
      }
    },
    pass: (ms) => {
      clock.nowMs += ms;
      obstacles.settleWhatIsDue();
    },
    snapshot: () => present(snapshots.get(ARN)),
    record: () => present(world.records.get(ARN)),
    noticeKinds: () => world.notices.map(({ kind }) => kind),
  };
}

/** What a deployment judges by. */
export function settingsOf(policy: CompiledPolicy): Settings {
  return {
    policy,
    controls: createControlContext(policy),
    deployment: {
      account: '123456789012',
      region: 'us-east-1',
      ownFunctionArns: new Set([OWN_FUNCTION]),
      ownRoleArns: new Set([OWN_ROLE]),
    },
  };
}
