import { nameSome } from '../name-some.ts';
import { quote } from '../quote.ts';
import { defineControl, NO_REVERT } from './control.ts';
import { whyNotAttached } from './not-attached.ts';

const MOST_NAMED = 10;

/**
 * LVG.8: the code of the function may not touch network interfaces.
 *
 * The code has the rights of the execution role, which AWS needs and the code hardly ever does.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const codeDeniedInterfaces = defineControl({
  id: 'LVG.8',
  title: 'The code of the function may not touch network interfaces',
  fix: 'Deny its execution role these actions where `lambda:SourceFunctionArn` names the function',
  scope: 'account',
  needs: ['functionCode'],
  wishes: NO_REVERT,
  defaults: {
    enabled: false,
    severity: 'medium',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  whyNotApplicable: whyNotAttached,
  evaluate: ({ facts: { functionCode } }) => {
    const { allowed } = functionCode;
    if (allowed.length === 0) return { status: 'compliant' };
    const actions = nameSome(allowed.map(quote), MOST_NAMED);
    return {
      status: 'violation',
      reason: `its code may call ${actions}: nothing denies them where \`lambda:SourceFunctionArn\` is this function`,
    };
  },
});
