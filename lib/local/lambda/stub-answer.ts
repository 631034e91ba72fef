import type { LambdaContext } from './lambda-context.ts';
import type { Path } from './reach-address.ts';
import { reachDetached, reachFrom } from './reach-target.ts';
import { type Attachment, DETACHED, type Deployment } from './stored-function.ts';

/** What is looked at where an invocation does not say what it wants to reach. */
const USUAL_TARGETS = ['internet', 's3', 'dynamodb', 'sts'];
const MAX_TARGETS = 50;

/** What was invoked, and what serves it. */
export interface Served {
  readonly serving: Deployment;
  /** The alias that was named, if one was. */
  readonly alias?: string;
  /** JSON; `{"reach": ["internet", "s3", "10.0.0.5"]}` asks what is to be reached. */
  readonly payload: string;
}

interface ReachedFrom {
  readonly target: string;
  /** Absent where the function is detached. */
  readonly subnetId?: string;
  readonly path: Path;
}

/**
 * What a function answers whose code is not run: what served it, and what that reaches by the routes and rules of now.
 *
 * An invocation may run in any of the subnets, so a target is reached only where every one of them leads there.
 */
export function stubAnswer(
  context: LambdaContext,
  { serving: { configuration, code }, alias, payload }: Served,
): string {
  const attachment = configuration.VpcConfig ?? DETACHED;
  const { VpcId, SubnetIds, SecurityGroupIds } = attachment;
  const targets = targetsOf(JSON.parse(payload));
  const paths = targets.flatMap((target) => pathsTo(context, attachment, target));
  return JSON.stringify({
    servedBy: {
      functionName: configuration.FunctionName,
      functionArn: configuration.FunctionArn,
      version: configuration.Version,
      alias: alias ?? null,
      codeSha256: code.sha256,
      vpcId: VpcId === '' ? null : VpcId,
      subnetIds: SubnetIds,
      securityGroupIds: SecurityGroupIds,
      publicIp: null,
    },
    reaches: Object.fromEntries(
      targets.map((target) => [
        target,
        paths.every(({ path, target: to }) => to !== target || path.reaches),
      ]),
    ),
    paths: paths.map(({ path, ...from }) => ({ ...from, ...path })),
  });
}

function pathsTo(
  { core: { region }, network }: LambdaContext,
  { SubnetIds, SecurityGroupIds: groupIds, Ipv6AllowedForDualStack: sendsIpv6 }: Attachment,
  target: string,
): readonly ReachedFrom[] {
  if (SubnetIds.length === 0) return [{ target, path: reachDetached({ target }) }];
  return SubnetIds.map((subnetId) => {
    const subnet = network.subnets.get(subnetId);
    const path: Path =
      subnet === undefined
        ? { reaches: false, because: `${subnetId} does not exist` }
        : reachFrom({ subnet, groupIds, sendsIpv6 }, { network, region, target });
    return { target, subnetId, path };
  });
}

function targetsOf(payload: unknown): readonly string[] {
  if (typeof payload !== 'object' || payload === null || !('reach' in payload)) {
    return USUAL_TARGETS;
  }
  const { reach } = payload;
  if (!Array.isArray(reach)) return USUAL_TARGETS;
  const texts = reach.filter((target): target is string => typeof target === 'string');
  return [...new Set(texts)].slice(0, MAX_TARGETS);
}
