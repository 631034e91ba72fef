import { functionNameOf } from '../function-name.ts';
import type { Look } from '../look.ts';

/** The function that operators invoke to release others. */
const RELEASE = 'lambda-vpc-guardrail-release-on-request';

/** What people do about remediations that are withheld. */
export const LET_ACT_AGAIN =
  'Once the cause is understood, let the guardrail act again (`npx lambda-vpc-guardrail breaker status` and `mode` say what stops it, `breaker reset` and `mode enforce` with `--reason TEXT` end that) and ask for a rescan';

/** Says when a function is released, and how an operator does so before that. */
export function howToRelease({ policy, snapshot }: Pick<Look, 'policy' | 'snapshot'>): string {
  const { functionArn } = snapshot;
  const [, , , region = ''] = functionArn.split(':');
  const payload = { function: functionNameOf(functionArn), reason: 'TEXT', force: true };
  const command = `aws lambda invoke --region ${region} --function-name ${RELEASE} --cli-binary-format raw-in-base64-out --payload '${JSON.stringify({ ...payload, holdHours: 24 })}' answer.json`;
  return policy.autoRelease
    ? `It is released by itself once it is compliant; until then an operator can release it by force: ${command}`
    : `An operator releases it once it is compliant, without \`force\` and \`holdHours\`, or before that by force: ${command}`;
}
