import type { Attachment } from '../../functions/core/attachment.ts';
import { createControlContext } from '../../functions/core/controls/evaluate-controls.ts';
import type { Order } from '../../functions/core/order.ts';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import type { Outcome } from '../../functions/workflows/outcome.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import type { Settings } from '../../functions/workflows/settings.ts';
import { ARN, enforcingPolicy } from './builders.ts';
import { createDrilledAws, type Message, OWN_ROLE, present } from './drilled-aws.ts';
import { createFakeWorld, type FakeWorld } from './fakes.ts';

/** A function of the guardrail itself. */
export const OWN_FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-enforce';

const VISIBILITY_MS = 180_000;
const MOST_RECEIVES = 5;

/** One function, people who call AWS, CloudTrail, a queue and the guardrail, on a clock that the drill moves. */
export interface Drill {
  readonly world: FakeWorld;
  readonly settings: Settings;
  readonly ports: Ports;
  /** What every delivered message came to. */
  readonly outcomes: Outcome[];
  readonly errors: unknown[];
  /** What was delivered, in its order. */
  readonly delivered: Order[];
  readonly create: (attachment: Attachment, by?: string) => void;
  readonly update: (attachment: Attachment, by?: string) => void;
  /** A change that is not about the attachment. */
  readonly tweak: () => void;
  readonly reserve: (reservedConcurrency: number | undefined) => void;
  readonly tag: (tags: Readonly<Record<string, string>>, by?: string) => void;
  readonly fallIdle: () => void;
  readonly remove: () => void;
  readonly send: (order: Partial<Order>, delayMs?: number) => void;
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
  const settings = settingsOf(policy);
  const aws = createDrilledAws(world);
  const ports = wrap(aws.ports);
  const { messages } = aws;
  const collect = (): void => {
    for (const { order, delaySeconds } of world.queue.splice(0)) {
      messages.push({ order, dueMs: clock.nowMs + delaySeconds * 1000, receives: 0 });
    }
  };
  const deliver = async (message: Message): Promise<void> => {
    clock.nowMs = Math.max(clock.nowMs, message.dueMs);
    aws.settleWhatIsDue();
    delivered.push(message.order);
    try {
      outcomes.push(await enforceFunction(message.order, ports, settings));
    } catch (error) {
      errors.push(error);
      message.receives += 1;
      message.dueMs = clock.nowMs + VISIBILITY_MS;
      if (message.receives >= MOST_RECEIVES) throw error;
      messages.push(message);
    }
  };
  return {
    world,
    settings,
    ports,
    outcomes,
    errors,
    delivered,
    ...aws.people,
    send: (order, delayMs = 0) => {
      const dueMs = clock.nowMs + delayMs;
      messages.push({
        order: { functionArn: ARN, hops: 0, wake: false, ...order },
        dueMs,
        receives: 0,
      });
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
      aws.settleWhatIsDue();
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
