import { folderOf } from '../policy/fake-terminal.ts';

const APPROVED = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ApprovedVpc',
      Effect: 'Deny',
      Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
      Resource: '*',
      Condition: { StringNotEquals: { 'lambda:VpcIds': 'vpc-0a1b2c3d4e5f60001' } },
    },
  ],
};

/** A policy that allows one VPC, with more lines behind. */
export function policyFolder(more = '') {
  return folderOf({
    'approved.json': APPROVED,
    'guardrail.yaml': `version: 1\nmode: audit\naccess: [approved.json]\nnotify: { ownerTag: team }\n${more}`,
  });
}
