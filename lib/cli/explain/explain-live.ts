import { isDetached } from '../../../functions/core/attachment.ts';
import { createControlContext } from '../../../functions/core/controls/evaluate-controls.ts';
import type { Fact } from '../../../functions/core/facts.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import type { Look } from '../../../functions/core/look.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import type { NotSeen } from '../report/report.ts';
import { watchFact } from '../scan/not-seen.ts';
import type { OpenScan } from '../scan/open-scan.ts';
import { withoutWrites } from '../scan/read-only-ports.ts';
import type { NamedPolicy } from '../scan/read-policy.ts';
import { describeExemptions } from './describe-exemptions.ts';
import { describeRemediation } from './describe-remediation.ts';
import { describeState } from './describe-state.ts';
import { describeSubnets } from './describe-subnets.ts';
import { describeVerdicts, switchedOff } from './describe-verdicts.ts';
import type { Live, LiveFunction, LiveGroup, LiveNetwork, LiveRemediation } from './live.ts';
import { type Looked, lookLive, type Wanted } from './look-live.ts';
import { readGroups } from './read-groups.ts';

/** What is explained, by which policy, and what is known of it already. */
export interface LiveAsked extends Wanted {
  readonly named: NamedPolicy;
  /** What the table holds of it; absent where that is nothing, or was not read. */
  readonly record?: FunctionRecord | undefined;
  /** Whether it is known what is recorded, be it nothing. */
  readonly isRecordSeen: boolean;
  /** What operators and the breaker say; absent where no table was read. */
  readonly runTime?: LiveRemediation['runTime'];
}

/** Reads one function and all around it as it is now, and judges it as a sweep would; nothing is changed. */
export async function explainLive(asked: LiveAsked, open: OpenScan): Promise<Live> {
  const { functionArn, record, named } = asked;
  const { policy, file } = named;
  const { caller, deployment, blindSpots, nowMs } = open;
  const known = new Map(record === undefined ? [] : [[functionArn, record]]);
  const ports = withoutWrites({ ...open.openReads(policy), readRecords: async () => known });
  const looked = await lookLive(asked, ports, {
    policy,
    controls: createControlContext(policy),
    // The guardrail's own functions are shown like others: what follows for them is said apart.
    deployment: { ...caller, ownFunctionArns: new Set(), ownRoleArns: new Set() },
  });
  const { look, unread } = looked;
  const described = look && (await describeFunction({ ...looked, look }, asked, open));
  const refused = unread ?? refusalOf(looked, open);
  const { policyHash: deployedHash } = deployment;
  return {
    observedAt: toIsoTime(nowMs()),
    policy: {
      file,
      hash: policy.hash,
      mode: policy.mode,
      ...(deployedHash === undefined ? {} : { deployedHash }),
    },
    isGone: look === undefined && refused === undefined,
    ...(described === undefined ? {} : { function: described }),
    ...(described === undefined && refused !== undefined ? { unread: refused } : {}),
    notSeen: [...listNotSeen(looked), ...blindSpots.list()],
  };
}

/** Nobody knows whether there is a function that may neither be listed nor read. */
function refusalOf({ look, isMissing }: Looked, { blindSpots }: OpenScan): string | undefined {
  if (look !== undefined || isMissing) return undefined;
  const last = 'lambda:GetFunctionConfiguration';
  return blindSpots.list().find(({ what }) => what === last)?.because;
}

function listNotSeen({ unlisted }: Looked): readonly NotSeen[] {
  if (unlisted === undefined) return [];
  const so = 'who shares its network interfaces is not known, nor what LVG.11 would say';
  return [{ what: 'lambda:ListFunctions', because: unlisted, so }];
}

async function describeFunction(
  looked: Looked & { readonly look: Look },
  { named: { policy }, runTime, isRecordSeen }: LiveAsked,
  open: OpenScan,
): Promise<LiveFunction> {
  const { look, findings, met, sharing } = looked;
  const { snapshot, record } = look;
  const { functionArn, attachment, tags } = snapshot;
  const { ownerTag } = policy.notify;
  const { tagWrites = {}, existedAtMs = look.nowMs } = record;
  const isOwn = open.deployment.ownFunctionArns.has(functionArn);
  const exempted = { functionArn, tags, tagWrites, existedAtMs, met, nowMs: look.nowMs };
  const network = isDetached(attachment) ? undefined : await describeNetwork(looked, open);
  // Without its record it is not known what it would be reverted to, nor who quarantined it.
  const isTold = !isOwn && isRecordSeen && snapshot.unread === undefined;
  return {
    ...(isOwn ? { isOwn } : {}),
    ...describeState(look, { ownerTag, notSeen: open.blindSpots.list(), isRecordSeen }),
    ...(network === undefined ? {} : { network }),
    ...(sharing === undefined ? {} : { sharing }),
    verdicts: isOwn ? [] : describeVerdicts(findings),
    off: switchedOff(policy),
    exemptions: describeExemptions(policy, exempted),
    ...(isTold
      ? { remediation: { ...describeRemediation(look), ...(runTime && { runTime }) } }
      : {}),
  };
}

async function describeNetwork(
  { look, network }: Looked & { readonly look: Look },
  { access, blindSpots, caller }: OpenScan,
): Promise<LiveNetwork> {
  const { attachment } = look.snapshot;
  const read = await readGroups(attachment.securityGroupIds, access);
  const groups = groupsOf(
    attachment.securityGroupIds,
    watchFact(read, 'ec2:Describe*', blindSpots),
  );
  const places =
    'unknown' in network
      ? {
          subnets: unseenSubnets(attachment.subnetIds, network.unknown),
          routeTables: [],
          endpoints: [],
        }
      : describeSubnets(attachment, { network: network.value, account: caller.account });
  return { ...places, securityGroups: groups };
}

function unseenSubnets(subnetIds: readonly string[], unseen: string) {
  return subnetIds.map((subnetId) => ({ subnetId, unseen }));
}

function groupsOf(
  groupIds: readonly string[],
  read: Fact<readonly LiveGroup[]>,
): readonly LiveGroup[] {
  if (!('unknown' in read)) return read.value;
  return groupIds.map((groupId) => ({ groupId, unseen: read.unknown }));
}
