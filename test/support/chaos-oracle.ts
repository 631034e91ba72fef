import { type Attachment, isDetached } from '../../functions/core/attachment.ts';
import type { Fact } from '../../functions/core/facts.ts';
import type { NetworkFacts } from '../../functions/core/network.ts';
import { type ChaosPolicy, EXEMPT_PREFIX, PLATFORM } from './chaos-policies.ts';

/** What an attachment is, by an opinion that owes nothing to the guardrail. */
export type Opinion = 'good' | 'bad' | 'unknown';

/** What an opinion rests on; where several are possible there are several cases. */
export interface Case {
  readonly functionArn: string;
  readonly attachment: Attachment;
  readonly attachedBy?: string | undefined;
  readonly deployed: Pick<ChaosPolicy, 'isPlatformLet'>;
  readonly networks: readonly Fact<NetworkFacts>[];
}

/** Says what an attachment is: bad where anything against it is proved, unknown where something is not known. */
export function opinionOn(about: Case): Opinion {
  const opinions = [opinionOnPlace(about), opinionOnRoutes(about)];
  if (opinions.includes('bad')) return 'bad';
  return opinions.includes('unknown') ? 'unknown' : 'good';
}

/** `vpc-1` is for everybody, `vpc-8` for the platform's role where the policy lets it. */
function opinionOnPlace({ functionArn, attachment, attachedBy, deployed }: Case): Opinion {
  if (functionArn.includes(`:${EXEMPT_PREFIX}`) || attachment.vpcId === 'vpc-1') return 'good';
  if (attachment.vpcId !== 'vpc-8' || !deployed.isPlatformLet) return 'bad';
  if (attachedBy === undefined) return 'unknown';
  return attachedBy === PLATFORM ? 'good' : 'bad';
}

/** No subnet may lead to an internet gateway; one answer of EC2 that says so is a proof. */
function opinionOnRoutes({ attachment, networks }: Case): Opinion {
  if (isDetached(attachment)) return 'good';
  const known = networks.flatMap((fact) => ('value' in fact ? [fact.value] : []));
  if (known.some((network) => isOpen(network, attachment))) return 'bad';
  const hasAll = known.some(({ subnets }) => attachment.subnetIds.every((id) => subnets.has(id)));
  return hasAll ? 'good' : 'unknown';
}

function isOpen({ ownRouteTables, subnets }: NetworkFacts, { subnetIds }: Attachment): boolean {
  const there = subnetIds.filter((subnetId) => subnets.has(subnetId));
  return there.some((subnetId) =>
    ownRouteTables.get(subnetId)?.routes.some(({ kind }) => kind === 'internet-gateway'),
  );
}

/** What may be said of an attachment, where who moved the function there cannot be told apart. */
export function opinionsOn(
  about: Omit<Case, 'attachedBy'>,
  askers: readonly string[],
): ReadonlySet<Opinion> {
  const possible = askers.length === 0 ? [undefined] : askers;
  return new Set(possible.map((attachedBy) => opinionOn({ ...about, attachedBy })));
}

/** Tells whether there is one opinion, and which. */
export function isAgreed(opinions: ReadonlySet<Opinion>, opinion: Opinion): boolean {
  return opinions.size === 1 && opinions.has(opinion);
}
