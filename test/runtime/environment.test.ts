import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import {
  COMMON_VARIABLES,
  parseEnvironment,
  toDeployment,
  type VariableName,
} from '../../functions/runtime/environment.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-enforce';
const ROLE = 'arn:aws:iam::123456789012:role/guardrail-enforce';
const GOOD: Readonly<Record<VariableName, string>> = {
  TABLE_NAME: 'Guardrail-Records.1',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/enforcement',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:4566/123456789012/dead',
  FINDINGS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:findings',
  CHAT_TOPIC_ARN: 'arn:aws-us-gov:sns:us-gov-west-1:123456789012:chat',
  SWEEP_FUNCTION_ARN: FUNCTION,
  OWN_FUNCTION_ARNS: FUNCTION,
  OWN_ROLE_ARNS: ROLE,
};
const ALL = Object.keys(GOOD) as readonly VariableName[];

describe('parseEnvironment', () => {
  it('answers the variables that were asked for and no others', () => {
    expect(parseEnvironment({ ...GOOD, SECRET: 'x' }, ['TABLE_NAME', 'QUEUE_URL'])).toEqual({
      TABLE_NAME: GOOD.TABLE_NAME,
      QUEUE_URL: GOOD.QUEUE_URL,
    });
  });

  it('does not miss what was not asked for', () => {
    const { DEAD_LETTER_QUEUE_URL: _, ...rest } = GOOD;

    expect(() => parseEnvironment(rest, COMMON_VARIABLES)).not.toThrow();
  });

  it.each([
    ['TABLE_NAME', 'no'],
    ['TABLE_NAME', 'with space'],
    ['QUEUE_URL', 'sqs.us-east-1.amazonaws.com/queue'],
    ['DEAD_LETTER_QUEUE_URL', 'arn:aws:sqs:us-east-1:123456789012:dead'],
    ['FINDINGS_TOPIC_ARN', 'findings'],
    ['CHAT_TOPIC_ARN', 'arn:aws:sqs:us-east-1:123456789012:chat'],
    ['OWN_FUNCTION_ARNS', `${FUNCTION},guardrail-rescan`],
    ['OWN_FUNCTION_ARNS', `${FUNCTION},${FUNCTION.replace('us-east-1', 'eu-west-1')}`],
    ['OWN_FUNCTION_ARNS', `${FUNCTION},${FUNCTION.replace('123456789012', '210987654321')}`],
    ['OWN_FUNCTION_ARNS', `${FUNCTION},`],
    ['OWN_ROLE_ARNS', 'arn:aws:iam::123456789012:user/somebody'],
  ])('names `%s` when it is `%s`', (name, value) => {
    const parse = () => parseEnvironment({ ...GOOD, [name]: value }, ALL);

    expect(parse).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining(`\`${name}\` is \`${value}\`, expected `),
      }),
    );
  });

  it('names every fault in one line', () => {
    expect(() => parseEnvironment({ TABLE_NAME: ' ' }, ['TABLE_NAME', 'QUEUE_URL'])).toThrow(
      'environment is wrong: `TABLE_NAME` is missing, expected the name of a DynamoDB table; ' +
        '`QUEUE_URL` is missing, expected the URL of a queue',
    );
  });

  it('never throws anything but CONFIG_INVALID', () => {
    const environments = fc.dictionary(fc.constantFrom(...ALL), fc.string());
    fc.assert(
      fc.property(environments, (environment) => {
        try {
          parseEnvironment(environment, ALL);
        } catch (error) {
          expect(error).toBeInstanceOf(GuardrailError);
          expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
        }
      }),
    );
  });
});

describe('toDeployment', () => {
  it("reads account and region from the guardrail's own functions", () => {
    const OWN_FUNCTION_ARNS = `${FUNCTION}, ${FUNCTION}-2`;

    expect(toDeployment({ OWN_FUNCTION_ARNS, OWN_ROLE_ARNS: `${ROLE},${ROLE}-2` })).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      ownFunctionArns: new Set([FUNCTION, `${FUNCTION}-2`]),
      ownRoleArns: new Set([ROLE, `${ROLE}-2`]),
    });
  });
});
