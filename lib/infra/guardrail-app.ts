import {
  App,
  DefaultStackSynthesizer,
  type IReusableStackSynthesizer,
  Validations,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { compilePolicy } from '../policy/compile-policy.ts';
import { parseAppSettings } from './app-settings.ts';
import { GuardrailStack } from './guardrail-stack.ts';

/** The app, or everything that is wrong with its context or its policy. */
export type GuardrailAppAnswer =
  | { readonly ok: true; readonly app: App; readonly stack: GuardrailStack }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * The CDK command line checks the bootstrap version itself: the template needs no SSM parameter for it.
 *
 * The assertion bridges aws-cdk-lib's own types, which disagree under `exactOptionalPropertyTypes`.
 */
const SYNTHESIZER = new DefaultStackSynthesizer({
  generateBootstrapVersionRule: false,
}) as IReusableStackSynthesizer;

/** Creates the app from its context; synthesizing it fails on whatever cdk-nag objects to. */
export function createGuardrailApp(): GuardrailAppAnswer {
  const created = createApp();
  if (!created.ok) return created;
  const { app } = created;
  const parsed = parseAppSettings((key) => app.node.tryGetContext(key));
  if (!parsed.ok) return parsed;
  const { policyFile, ...settings } = parsed.settings;
  const compiled = compilePolicy(policyFile, { nowMs: Date.now() });
  if (!compiled.ok) return compiled;
  const stack = new GuardrailStack(app, 'LambdaVpcGuardrail', {
    ...settings,
    policy: compiled.policy,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { ok: true, app, stack };
}

type CreatedApp =
  | { readonly ok: true; readonly app: App }
  | { readonly ok: false; readonly faults: readonly string[] };

function createApp(): CreatedApp {
  try {
    const app = new App({
      analyticsReporting: false,
      autoSynth: false,
      defaultStackSynthesizer: SYNTHESIZER,
      postCliContext: {
        // A violation is a report on stderr and exit status 1, without a stack trace.
        '@aws-cdk/core:appMode': 'process',
        '@aws-cdk/core:validateAgainstDefaultRules': true,
      },
    });
    return { ok: true, app };
  } catch (error) {
    const [reason] = String(error).split('\n');
    return { ok: false, faults: [`could not read the CDK context: ${reason}`] };
  }
}
