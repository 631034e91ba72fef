import { bad, type Checkup, good, notYet, off, unseen } from './checkup.ts';
import type { Deployment } from './find-deployment.ts';

/** How the guardrail is deployed. */
export const DEPLOY = 'npx cdk deploy -c policy=guardrail.yaml';

/** AWS: a stack in one of these is as its template says, or as the one before said. */
const SETTLED = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/;

/** Judges whether the guardrail is deployed in the region; nobody has to, unless he named its stack. */
export function judgeStack(
  deployment: Deployment,
  { stack, isNamed }: { readonly stack: string; readonly isNamed: boolean },
): Checkup {
  const about = { topic: 'stack', subject: stack } as const;
  switch (deployment.kind) {
    case 'none':
      return isNamed
        ? bad(
            about,
            'there is no such stack in this account and region',
            `name another one with --stack, or deploy it: ${DEPLOY}`,
          )
        : off(about, 'no guardrail is deployed in this account and region', `deploy it: ${DEPLOY}`);
    case 'unread': {
      const { because } = deployment.unread;
      const seen = `${because}; nothing of the guardrail could be looked at`;
      return unseen(about, seen, deployment.unread);
    }
    case 'foreign':
      return bad(
        about,
        `it has no outputs ${deployment.missing.join(', ')}: it is not the guardrail's, or of another version`,
        `name another one with --stack, or deploy this version: ${DEPLOY}`,
      );
    case 'deployed':
      return judgeStatus(about, deployment.deployed.status);
  }
}

function judgeStatus(about: { topic: 'stack'; subject: string }, status: string): Checkup {
  if (SETTLED.test(status)) return good(about, `deployed: ${status}`);
  if (status.endsWith('_IN_PROGRESS')) {
    return notYet(about, `somebody is changing it: ${status}`, 'look again when it is done');
  }
  const events = `aws cloudformation describe-stack-events --stack-name ${about.subject}`;
  return bad(about, `it is ${status}`, `see why: ${events}; then ${DEPLOY}`);
}
