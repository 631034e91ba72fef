import { isListedToWake } from './choose-remediation.ts';
import { interfacesUnderQuota } from './controls/interfaces-under-quota.ts';
import { roleManagesInterfaces } from './controls/role-manages-interfaces.ts';
import { subnetsHaveAddresses } from './controls/subnets-have-addresses.ts';
import type { Fact, InterfaceFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { functionNameOf } from './function-name.ts';
import type { IdleFunction } from './idle-function.ts';
import { toIsoTime } from './iso-time.ts';
import type { Look } from './look.ts';
import type { NetworkFacts } from './network.ts';
import type { PublishedVersion } from './published-version.ts';

/** What is known of an idle function beside the look at it. */
export interface IdleSurroundings {
  /** Present where the look is at a published version: with its snapshot and findings. */
  readonly published?: Pick<PublishedVersion, 'version' | 'aliases'> | undefined;
  /** Tells subnets without any free address from those with few; absent: few are too few. */
  readonly network?: NetworkFacts | undefined;
}

/** Something that keeps a function from being woken, or perhaps does. */
interface Obstacle {
  readonly canWake: 'no' | 'unknown';
  readonly why: string;
  /** What takes it away, as an order. */
  readonly fix: string;
}

const DAY_LENGTH = '2026-11-22'.length;

/** Describes a function or published version that is idle: whether it can be woken, and how. */
export function describeIdle(
  look: Look,
  { published, network }: IdleSurroundings = {},
): IdleFunction {
  const { functionArn } = look.snapshot;
  // A version is only ever woken by whoever calls it.
  const isListed = published === undefined && isListedToWake(look);
  return withObstacles(
    {
      functionArn,
      ...(published === undefined
        ? {}
        : { version: published.version, aliases: published.aliases }),
      isListed,
      canWake: 'yes',
      toWake: howToWake(look, isListed, published?.version),
    },
    [...inConcurrency(look), ...inRole(look.findings), ...inSubnets(look, network)],
  );
}

/**
 * Adds what the interfaces of its VPC say; undefined where nobody asked, or where it is in none.
 *
 * Its own interfaces are among those that are needed: exactly as many as the quota is enough.
 */
export function withInterfaces(
  idle: IdleFunction,
  interfaces: Fact<InterfaceFacts> | undefined,
): IdleFunction {
  if (interfaces === undefined) return idle;
  const { id, fix } = interfacesUnderQuota;
  if ('unknown' in interfaces) {
    return withObstacles(idle, [{ canWake: 'unknown', why: `${id}: ${interfaces.unknown}`, fix }]);
  }
  const { combinations, quota } = interfaces.value;
  if (combinations <= quota) return idle;
  const why = `${id}: the functions of its VPC need ${combinations} network interfaces, and it may have ${quota}`;
  return withObstacles(idle, [{ canWake: 'no', why, fix }]);
}

/** Adds the day (UTC) of its last invocation; undefined where that is not on record. */
export function withLastInvocation(idle: IdleFunction, ms: number | undefined): IdleFunction {
  return ms === undefined ? idle : { ...idle, lastInvokedAt: toIsoTime(ms).slice(0, DAY_LENGTH) };
}

/** What is certain outweighs what is not; of equals all count. */
function withObstacles(idle: IdleFunction, obstacles: readonly Obstacle[]): IdleFunction {
  return obstacles.reduce(withObstacle, idle);
}

function withObstacle(idle: IdleFunction, { canWake, why, fix }: Obstacle): IdleFunction {
  if (idle.canWake === 'no' && canWake === 'unknown') return idle;
  const isSame = idle.canWake === canWake;
  const whyNot = isSame ? `${idle.whyNot}; ${why}` : why;
  if (canWake === 'unknown') return { ...idle, canWake, whyNot };
  return { ...idle, canWake, whyNot, toWake: isSame ? `${idle.toWake}; ${fix}` : fix };
}

function inConcurrency({ snapshot, record }: Look): readonly Obstacle[] {
  if (snapshot.reservedConcurrency !== 0) return [];
  return record.quarantine === undefined
    ? [
        {
          canWake: 'no',
          why: 'its reserved concurrency is 0',
          fix: 'Let it have concurrency again',
        },
      ]
    : [
        {
          canWake: 'no',
          why: 'it is in quarantine',
          fix: 'Make it compliant and have it released',
        },
      ];
}

function inRole(findings: readonly Finding[]): readonly Obstacle[] {
  return toObstacles(findings, roleManagesInterfaces);
}

/** The control asks for some reserve; a wake takes one address. */
function inSubnets({ findings, snapshot }: Look, network?: NetworkFacts): readonly Obstacle[] {
  const isFull =
    network === undefined ||
    snapshot.attachment.subnetIds.some((id) => network.subnets.get(id)?.freeAddresses === 0);
  const obstacles = toObstacles(findings, subnetsHaveAddresses);
  return isFull ? obstacles : obstacles.filter(({ canWake }) => canWake === 'unknown');
}

/** Whoever answers for a violation does not take it out of the way. */
function toObstacles(
  findings: readonly Finding[],
  { id, fix }: { readonly id: string; readonly fix: string },
): readonly Obstacle[] {
  return findings.flatMap(({ controlId, verdict }): readonly Obstacle[] => {
    if (controlId !== id) return [];
    if (verdict.status !== 'violation' && verdict.status !== 'unknown') return [];
    const canWake = verdict.status === 'violation' ? 'no' : 'unknown';
    return [{ canWake, why: `${id}: ${verdict.reason}`, fix }];
  });
}

/**
 * One sentence for people.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
function howToWake({ snapshot, mode }: Look, isListed: boolean, version?: string): string {
  if (isListed && mode === 'enforce') return LEFT_TO_US;
  const qualifier = version === undefined ? '' : ` --qualifier ${version}`;
  const command = `aws lambda invoke --function-name ${functionNameOf(snapshot.functionArn)}${qualifier} --cli-binary-format raw-in-base64-out --payload '{}' /dev/null`;
  const once = `nvoke it once: \`${command}\` is refused while it is idle, runs none of its code and has AWS restore it; where it is active again by then, its code runs with that payload`;
  if (version !== undefined) return `I${once}`;
  return isListed
    ? `It is listed under \`idle.wake\`, and the mode is audit: change the mode, or i${once}`
    : `List it under \`idle.wake\`, or i${once}`;
}

const LEFT_TO_US =
  'Nothing: it is listed under `idle.wake`, so the next sweep or rescan has it woken';
