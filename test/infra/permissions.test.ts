import { describe, expect, it } from 'vitest';
import { documentedGrants } from '../support/permissions-page.ts';
import {
  parseStatements,
  policyIn,
  resourcesOf,
  type Statement,
  templateOf,
} from './guardrail-template.ts';

const ENFORCE = templateOf({ policy: policyIn('enforce') });
const AUDIT = templateOf({ policy: policyIn('audit') });
const ROLES = [
  'enforce-on-change',
  'rescan-on-request',
  'sweep-on-schedule',
  'release-on-request',
] as const;
const EVERY_FUNCTION = 'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:*';

describe('the roles', () => {
  it('belong to one function each and hold no managed policy', () => {
    const roles = resourcesOf(ENFORCE, 'AWS::IAM::Role').map(({ Properties }) => Properties);

    // One more is the schedule's.
    expect(roles).toHaveLength(ROLES.length + 1);
    for (const role of roles) {
      expect(role['ManagedPolicyArns']).toBeUndefined();
      expect(role['Policies']).toHaveLength(1);
    }
  });

  it.each(ROLES)('%s lists its actions in order and without wildcards', (role) => {
    for (const { actions } of parseStatements(ENFORCE, role)) {
      expect(actions).toEqual([...actions].sort());
      expect(actions.join()).not.toContain('*');
    }
  });

  it.each(ROLES)('%s writes nowhere but to what it names', (role) => {
    const everywhere = allowed(ENFORCE, role).filter(({ resources }) => resources.includes('*'));

    for (const action of everywhere.flatMap(({ actions }) => actions)) {
      expect(action).toMatch(/^[a-z0-9]+:(Describe|Get|List)/);
    }
  });

  it.each([
    ['enforce-on-change', 'EnforceOnChange'],
    ['rescan-on-request', 'RescanOnRequest'],
    ['sweep-on-schedule', 'SweepOnSchedule'],
    ['release-on-request', 'ReleaseOnRequest'],
  ] as const)('%s may do what docs/permissions.md says and no more', (role, heading) => {
    const documented = documentedGrants(heading).map(({ action }) => action);

    expect(actionsOf(allowed(ENFORCE, role))).toEqual([...new Set(documented)].sort());
  });

  it.each(['enforce-on-change', 'sweep-on-schedule'])(
    '%s finds the functions of a network by the index and nothing else',
    (role) => {
      const statements = allowed(ENFORCE, role);
      const finding = statements.filter(({ actions }) => actions.includes('dynamodb:Scan'));

      expect(finding.map(({ resources }) => resources)).toEqual([
        [expect.stringMatching(/^<GuardrailRecords\w+\.Arn>\/index\/by-vpc$/)],
      ]);
    },
  );

  it.each(ROLES)('%s simulates the roles of this account and reads its providers', (role) => {
    const statements = allowed(ENFORCE, role);
    const resourcesFor = (action: string) =>
      statements
        .filter(({ actions }) => actions.includes(action))
        .map(({ resources }) => resources);

    expect(resourcesFor('iam:SimulatePrincipalPolicy')).toEqual([
      ['arn:<AWS::Partition>:iam::<AWS::AccountId>:role/*'],
    ]);
    expect(resourcesFor('lambda:GetCapacityProvider')).toEqual([
      [EVERY_FUNCTION.replace('function:*', 'capacity-provider:*')],
    ]);
  });

  it.each(ROLES)('%s reaches only its own log group', (role) => {
    const [logs] = allowed(ENFORCE, role).filter(({ Sid }) => Sid === 'WriteLogs');
    const construct = role
      .split('-')
      .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
      .join('');

    expect(logs?.resources).toEqual([expect.stringContaining(`Guardrail${construct}Logs`)]);
  });

  it.each(['enforce-on-change', 'release-on-request'])(
    '%s is denied every write to the guardrail itself',
    (role) => {
      const statements = parseStatements(ENFORCE, role);
      const writes = statements.find(({ Sid }) => Sid === 'WriteFunctions');
      const denies = statements.filter(({ Effect }) => Effect === 'Deny');

      expect(writes?.resources).toEqual([EVERY_FUNCTION]);
      expect(denies).toHaveLength(1);
      expect(denies[0]?.actions).toEqual(writes?.actions);
      expect(denies[0]?.resources).toEqual(
        ROLES.flatMap((own) => {
          const arn = EVERY_FUNCTION.replace('*', `lambda-vpc-guardrail-${own}`);
          return [arn, `${arn}:*`];
        }),
      );
    },
  );

  it.each(ROLES)('%s has no call that changes what a function does in mode audit', (role) => {
    const others = allowed(AUDIT, role).filter(({ Sid }) => Sid !== 'SendHeartbeat');
    const lambda = actionsOf(others).filter((action) => action.startsWith('lambda:'));

    expect(lambda.length).toBeGreaterThan(0);
    for (const action of lambda) {
      expect(action).toMatch(/^lambda:(Get|List)/);
    }
  });

  it.each([AUDIT, ENFORCE])(
    'sweep-on-schedule tags itself, in any mode, and nothing else',
    (template) => {
      const tagging = allowed(template, 'sweep-on-schedule').filter(({ actions }) =>
        actions.includes('lambda:TagResource'),
      );

      expect(tagging.map(({ actions, resources }) => ({ actions, resources }))).toEqual([
        {
          actions: ['lambda:TagResource'],
          resources: [EVERY_FUNCTION.replace('*', 'lambda-vpc-guardrail-sweep-on-schedule')],
        },
      ]);
    },
  );
});

function allowed(template: typeof ENFORCE, role: string): readonly Statement[] {
  return parseStatements(template, role).filter(({ Effect }) => Effect === 'Allow');
}

function actionsOf(statements: readonly Statement[]): readonly string[] {
  return [...new Set(statements.flatMap(({ actions }) => actions))].sort();
}
