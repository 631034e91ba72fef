import type { SecurityGroupRuleDescription, TagSpecification } from '@aws-sdk/client-ec2';
import { readTags } from './define-change.ts';
import { ec2Fault, missingParameter, notFound } from './ec2-faults.ts';
import { hasPorts } from './rule-protocols.ts';
import { type PermissionRequest, type RuleSubject, readRules } from './rule-request.ts';
import {
  addRules,
  isSameRule,
  type RuleBody,
  rulesOf,
  type SecurityGroupRule,
} from './security-group-rules.ts';

const MOST_RULES = 60;

/** Adds what a request allows to a group, all of it or nothing. */
export function authorizeRules(
  subject: RuleSubject,
  request: PermissionRequest & { readonly TagSpecifications?: TagSpecification[] | undefined },
): readonly SecurityGroupRule[] {
  const { network, group, isEgress } = subject;
  const wanted = readRules(subject, request);
  const held = rulesOf(network, group.groupId).filter((rule) => rule.isEgress === isEgress);
  const twin = wanted.find((rule) => held.some((other) => isSameRule(rule, other)));
  if (twin !== undefined) {
    const message = `the specified rule "${toWords(twin)}" already exists`;
    throw ec2Fault('InvalidPermission.Duplicate', message);
  }
  if (held.length + wanted.length > MOST_RULES) {
    const message = 'The maximum number of rules per security group has been reached.';
    throw ec2Fault('RulesPerSecurityGroupLimitExceeded', message);
  }
  const { name, tags: others } = readTags(request.TagSpecifications);
  const tags = name === '' ? others : { Name: name, ...others };
  return addRules(
    network,
    group.groupId,
    wanted.map((rule) => ({ ...rule, tags })),
  );
}

/** Removes what a request names from a group, all of it or nothing. */
export function revokeRules(
  subject: RuleSubject,
  request: PermissionRequest & { readonly SecurityGroupRuleIds?: string[] | undefined },
): readonly SecurityGroupRule[] {
  const { securityGroupRules } = subject.network;
  const { SecurityGroupRuleIds = [] } = request;
  const revoked =
    SecurityGroupRuleIds.length > 0
      ? SecurityGroupRuleIds.map((id) => findOwnRule(subject, id))
      : readRules(subject, request).map((rule) => findTwin(subject, rule));
  for (const { ruleId } of revoked) securityGroupRules.delete(ruleId);
  return revoked;
}

/** Describes rules anew: those of the same permissions, or those of the given ids. */
export function describeAnew(
  subject: RuleSubject,
  request: PermissionRequest & {
    readonly SecurityGroupRuleDescriptions?: SecurityGroupRuleDescription[] | undefined;
  },
): void {
  const { SecurityGroupRuleDescriptions: byId = [] } = request;
  const changed =
    byId.length > 0
      ? byId.map(({ SecurityGroupRuleId, Description }) => {
          if (SecurityGroupRuleId === undefined) throw missingParameter('securityGroupRuleId');
          return { held: findOwnRule(subject, SecurityGroupRuleId), description: Description };
        })
      : readRules(subject, request).map((rule) => ({
          held: findTwin(subject, rule),
          description: rule.description,
        }));
  for (const { held, description } of changed) {
    const { description: _before, ...rule } = held;
    const { securityGroupRules } = subject.network;
    securityGroupRules.set(
      rule.ruleId,
      description === undefined ? rule : { ...rule, description },
    );
  }
}

function findOwnRule({ network, group, isEgress }: RuleSubject, id: string): SecurityGroupRule {
  const rule = network.securityGroupRules.get(id);
  if (rule?.groupId === group.groupId && rule.isEgress === isEgress) return rule;
  throw notFound('groupRule', [id]);
}

/** AWS: in the default VPC, which this account lacks, what does not exist would be told in the answer. */
function findTwin({ network, group }: RuleSubject, wanted: RuleBody): SecurityGroupRule {
  const twin = rulesOf(network, group.groupId).find((rule) => isSameRule(rule, wanted));
  if (twin !== undefined) return twin;
  const message = 'The specified rule does not exist in this security group.';
  throw ec2Fault('InvalidPermission.NotFound', message);
}

function toWords({ protocol, fromPort, toPort, peer }: RuleBody): string {
  const peerWords = `peer: ${peer.value}`;
  if (protocol === '-1') return `${peerWords}, ALL, ALLOW`;
  const name = protocol.toUpperCase();
  if (hasPorts(protocol)) {
    return `${peerWords}, ${name}, from port: ${fromPort}, to port: ${toPort}, ALLOW`;
  }
  const [type, code] = [fromPort, toPort].map((number) => (number === -1 ? 'ALL' : number));
  return `${peerWords}, ${name}, type: ${type}, code: ${code}, ALLOW`;
}
