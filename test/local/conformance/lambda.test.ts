import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-lambda.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkAliases } from './lambda-aliases.ts';
import { walkCapacityProviders } from './lambda-capacity.ts';
import { walkEventConfigs } from './lambda-event-configs.ts';
import { refuseFunctionCalls } from './lambda-function-errors.ts';
import { walkFunctions } from './lambda-functions.ts';
import { walkInvocations } from './lambda-invocations.ts';
import { walkMappings } from './lambda-mappings.ts';
import { setScene } from './lambda-scene.ts';
import { walkTroubles } from './lambda-troubles.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'lambda', sdkPackage: '@aws-sdk/client-lambda' };
  unseen = await unseenAfter(from, async (watched) => {
    const scene = setScene(watched);
    await walkFunctions(scene);
    await refuseFunctionCalls(scene);
    await walkAliases(scene);
    await walkMappings(scene);
    await walkEventConfigs(scene);
    await walkCapacityProviders(scene);
    await walkInvocations(scene);
    await walkTroubles(scene);
    scene.leave();
  });
});

describe('Lambda', () => {
  it.each(operationsOf('lambda'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
