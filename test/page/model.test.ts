import { describe, expect, it } from 'vitest';
import { packReport } from '../../lib/cli/report/pack-report.ts';
import { toModel } from '../../lib/page/model.ts';
import { answerOf, COVERAGE, findingOf } from '../cli/report/answers.ts';
import { ARN } from '../support/builders.ts';

const SCAN = {
  account: '123456789012',
  region: 'us-east-1',
  observedAt: '2026-11-22T09:00:00Z',
  policy: { file: 'guardrail.yaml', hash: 'a'.repeat(64), mode: 'audit' },
  notSeen: [],
  networks: [],
} as const;

describe('what is said to be done about a finding', () => {
  it.each([
    ['of a rescan that only tells', {}, undefined, 'only told'],
    ['of a rescan that acts', { remediation: 'revert' }, undefined, 'revert'],
    ['that is exempt', { exemption: COVERAGE }, undefined, `exempt until ${COVERAGE.expires}`],
    ['of a scan', {}, {}, 'nothing'],
    ['of a scan, in a function that is stopped', {}, { isStopped: true }, 'stopped already'],
  ] as const)('is, %s: %s', (_, finding, scanned, outcome) => {
    const functions = scanned && [{ functionArn: ARN, standing: 'violation' as const, ...scanned }];

    const { findings } = toModel(
      packReport(
        answerOf({
          findings: [findingOf({ functionArn: ARN, remediation: 'none', ...finding })],
          ...(functions && { scan: { ...SCAN, functions } }),
        }),
      ),
    );

    expect(findings.map((one) => one.outcome)).toEqual([outcome]);
  });
});
