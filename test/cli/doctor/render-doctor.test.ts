import { describe, expect, it } from 'vitest';
import { bad, good, off, unseen } from '../../../lib/cli/doctor/checkup.ts';
import { toDiagnosis } from '../../../lib/cli/doctor/diagnosis.ts';
import { renderDoctor } from '../../../lib/cli/doctor/render-doctor.ts';

const CALLER = { account: '1', region: 'eu-west-1', callerArn: 'arn:aws:iam::1:user/ann' };

function render(hasColors: boolean, seen = 'off') {
  const checkups = [
    good({ topic: 'endpoint' }, 'calls go to http://127.0.0.1:4599'),
    off({ topic: 'alarm' }, 'none'),
    bad(
      { topic: 'rule', subject: 'r' },
      seen,
      'aws sqs receive-message --queue-url https://sqs/1/q',
    ),
    unseen({ topic: 'trail' }, 'denied', { permission: 'cloudtrail:DescribeTrails' }),
  ];
  const diagnosis = toDiagnosis(CALLER, { place: { table: 't' }, nowMs: 0, checkups });
  return renderDoctor(diagnosis, { hasColors });
}

describe('renderDoctor', () => {
  it('tells first what has to be done, with commands that can be copied', () => {
    expect(
      render(false),
    ).toBe(`account 1, region eu-west-1, table \`t\`: 1 bad, 1 unknown, 1 off, 1 good

bad      rule r: off
         → aws sqs receive-message --queue-url https://sqs/1/q
unknown  trail: denied
         → allow this caller \`cloudtrail:DescribeTrails\`
off      alarm: none
good     endpoint: calls go to http://127.0.0.1:4599
`);
  });

  it('has colors where the terminal has', () => {
    expect(render(true)).toContain('\u001B[31mbad    \u001B[39m');
  });

  it('lets nobody steer the terminal, and shows no secret', () => {
    const text = render(false, 'of \u001B[2J password=hunter2');

    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('hunter2');
  });
});
