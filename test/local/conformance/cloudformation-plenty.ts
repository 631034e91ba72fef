import type { StackScene } from './cloudformation-stacks.ts';

/** A page holds a hundred. */
const PLENTY = 101;

/** A condition that does not hold: nothing is made. */
const NOTHING = {
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
};

/** Makes so many stacks, exports, imports and events that no list of them fits on one page. */
export async function makePlenty({ account, stacks }: StackScene): Promise<void> {
  const names = Array.from({ length: PLENTY }, (_, index) => `S${index}`);
  const outputs = names.map((name) => [name, { Value: 'x', Export: { Name: name } }] as const);
  const queues = names.map((name) => [name, { Type: 'AWS::SQS::Queue' }] as const);
  const exporter = {
    Resources: Object.fromEntries(queues),
    Outputs: Object.fromEntries(outputs),
  };
  await stacks.createStack({ StackName: 'exporter', TemplateBody: JSON.stringify(exporter) });
  await account.advance(60_000);
  const importer = { ...NOTHING, Outputs: { Url: { Value: { 'Fn::ImportValue': 'S0' } } } };
  const TemplateBody = JSON.stringify(importer);
  for (const StackName of names) await stacks.createStack({ StackName, TemplateBody });
  await account.advance(60_000);
}

/** Every list, one page of it. */
export async function turnPages({ stacks }: StackScene): Promise<void> {
  await stacks.describeStacks();
  await stacks.listStacks();
  await stacks.describeStackEvents({ StackName: 'exporter' });
  await stacks.listExports();
  await stacks.listImports({ ExportName: 'S0' });
}
