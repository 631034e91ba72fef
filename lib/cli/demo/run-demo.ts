import { resolve } from 'node:path';
import { type LocalAccount, startLocalAccount } from '../../local/start-local-account.ts';
import { makeTemporaryFolder } from '../../local/temporary-folder.ts';
import { compilePolicy } from '../../policy/compile-policy.ts';
import { deployAssembly } from '../deploy-assembly.ts';
import { exitOnSignals } from '../exit-on-signals.ts';
import { keepOpen } from '../keep-open.ts';
import { checkOutput } from '../report/output-file.ts';
import { synthesize } from '../synthesize.ts';
import { UsageError } from '../usage-error.ts';
import { toClosing } from './closing.ts';
import { ADMINISTRATOR, hirePeople, type Place } from './people.ts';
import { createRenderer, type DemoOutput, type Renderer } from './render.ts';
import { askEveryControl, rescanEverything, sweepAfterTwoWeeks } from './rescan-scene.ts';
import { CROSSROADS_SCENE, SCENES } from './scenes.ts';
import { bookmark, type Told, tell } from './story.ts';
import { writeReport } from './write-report.ts';

/** What the demonstration is asked for. */
export interface DemoOptions extends DemoOutput {
  readonly keep?: boolean;
  readonly policy: string;
  /** The file that the report is written to. */
  readonly report: string;
}

const REGION = 'us-east-1';

/** Plays the demonstration: everything it shows is read from the account's own journal. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const startedMs = performance.now();
  checkPolicy(options.policy);
  checkOutput(options.report);
  const render = createRenderer(options);
  const undo = exitOnSignals();
  const account = await startLocalAccount({ apiQuotas: true });
  try {
    render.started(account.endpoint);
    const place = { endpoint: account.endpoint, region: REGION };
    const outputs = options.guardrail ? await deploy(options.policy, place, render) : undefined;
    const told = await play(account, place, {
      render,
      rescanFunction: outputs?.['RescanFunctionName'],
    });
    const closing = await toClosing(account, { told, place });
    const report = await writeReport(place, { policy: options.policy, file: options.report });
    render.closed({ told, closing, report, tookSeconds: (performance.now() - startedMs) / 1000 });
    undo();
    if (options.keep) await keepOpen(account, render.log);
  } finally {
    await account.close();
  }
}

/** What is wrong with it is said at once, and not after an account came up. */
function checkPolicy(policy: string): void {
  const compiled = compilePolicy(resolve(policy), { nowMs: Date.now() });
  if (!compiled.ok) throw new UsageError(compiled.faults.join('\n'));
}

async function deploy(
  policy: string,
  place: Place,
  render: Renderer,
): Promise<Readonly<Record<string, string>>> {
  const folder = makeTemporaryFolder('lambda-vpc-guardrail-');
  try {
    render.log('synthesizing the CDK app');
    await synthesize(folder.path, { policy: resolve(policy) });
    render.log('deploying the synthesized template');
    const { stackName, outputs } = await deployAssembly({
      assemblyDir: folder.path,
      ...place,
      account: '123456789012',
      credentials: ADMINISTRATOR,
    });
    render.log(`deployed the stack ${stackName}`);
    return outputs;
  } finally {
    await folder.remove();
  }
}

async function play(
  account: LocalAccount,
  place: Place,
  {
    render,
    rescanFunction,
  }: { readonly render: Renderer; readonly rescanFunction?: string | undefined },
): Promise<readonly Told[]> {
  const people = await hirePeople(place);
  await account.advance(60_000);
  const told: Told[] = [];
  const show = (scene: Told): void => {
    told.push(scene);
    render.scene(scene);
  };
  for (const { title, act, lastsMs } of [...SCENES, CROSSROADS_SCENE]) {
    const since = bookmark(account.journal, account.clock.nowMs());
    await act(people);
    await account.advance(lastsMs);
    show(tell(title, account.journal, since));
  }
  if (rescanFunction !== undefined) show(await askEveryControl(account, place, rescanFunction));
  show(await sweepAfterTwoWeeks(account, place, rescanFunction !== undefined));
  if (rescanFunction !== undefined) show(await rescanEverything(account, place, rescanFunction));
  people.maria.destroy();
  people.ivan.destroy();
  return told;
}
