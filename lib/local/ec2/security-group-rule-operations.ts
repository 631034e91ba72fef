import {
  AuthorizeSecurityGroupEgress$,
  type AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngress$,
  type AuthorizeSecurityGroupIngressRequest,
  DescribeSecurityGroupRules$,
  type DescribeSecurityGroupRulesRequest,
  RevokeSecurityGroupEgress$,
  type RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngress$,
  type RevokeSecurityGroupIngressRequest,
  UpdateSecurityGroupRuleDescriptionsEgress$,
  type UpdateSecurityGroupRuleDescriptionsEgressRequest,
  UpdateSecurityGroupRuleDescriptionsIngress$,
  type UpdateSecurityGroupRuleDescriptionsIngressRequest,
} from '@aws-sdk/client-ec2';
import type { StaticOperationSchema } from '@smithy/types';
import type { AccountCore } from '../account-core.ts';
import type { Operation } from '../wire/operation.ts';
import { authorizeRules, describeAnew, revokeRules } from './change-rules.ts';
import { defineRuleChange } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import type { RoutedNetwork } from './network.ts';
import { type RuleSubject, readGroup } from './rule-request.ts';
import { ruleFilters, toRevokedView, toRuleView } from './security-group-rule-views.ts';
import { ec2Arn } from './views.ts';

type AuthorizeInput = AuthorizeSecurityGroupIngressRequest &
  Partial<AuthorizeSecurityGroupEgressRequest>;
type RevokeInput = RevokeSecurityGroupIngressRequest & Partial<RevokeSecurityGroupEgressRequest>;
type DescribeAnewInput = UpdateSecurityGroupRuleDescriptionsIngressRequest &
  UpdateSecurityGroupRuleDescriptionsEgressRequest;

/** Both directions of a change, ingress first. */
const AUTHORIZE = [AuthorizeSecurityGroupIngress$, AuthorizeSecurityGroupEgress$];
const REVOKE = [RevokeSecurityGroupIngress$, RevokeSecurityGroupEgress$];
const DESCRIBE_ANEW = [
  UpdateSecurityGroupRuleDescriptionsIngress$,
  UpdateSecurityGroupRuleDescriptionsEgress$,
];

/** The operations on the rules of security groups. */
export function securityGroupRuleOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const change = <Input extends { readonly GroupId?: string | undefined }>(
    schemas: readonly StaticOperationSchema[],
    handle: (subject: RuleSubject, input: Input) => object,
  ) =>
    schemas.map((schema, at) =>
      defineRuleChange<Input, object>(schema, {
        needs: ({ GroupId = '*' }) => [
          { action: `ec2:${schema[2]}`, resource: ec2Arn(core, 'security-group', GroupId) },
        ],
        handle: (input) => {
          const group = readGroup(network, input);
          return { Return: true, ...handle({ core, network, group, isEgress: at === 1 }, input) };
        },
      }),
    );
  return [
    defineDescribe(DescribeSecurityGroupRules$, {
      kind: 'groupRule',
      items: network.securityGroupRules,
      filters: ruleFilters,
      idsOf: (input: DescribeSecurityGroupRulesRequest) => input.SecurityGroupRuleIds,
      answer: (items) => ({
        SecurityGroupRules: items.map((rule) => toRuleView(core, network, rule)),
      }),
    }),
    ...change<AuthorizeInput>(AUTHORIZE, (subject, input) => ({
      SecurityGroupRules: authorizeRules(subject, input).map((rule) =>
        toRuleView(core, network, rule),
      ),
    })),
    ...change<RevokeInput>(REVOKE, (subject, input) => ({
      RevokedSecurityGroupRules: revokeRules(subject, input).map(toRevokedView),
    })),
    ...change<DescribeAnewInput>(DESCRIBE_ANEW, (subject, input) => {
      describeAnew(subject, input);
      return {};
    }),
  ];
}
