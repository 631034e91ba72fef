import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { bundleHandlers } from '../package/bundle-handlers.ts';
import { findBuilt, IS_BUILT, PACKAGE_ROOT } from '../package/places.ts';

/** Makes the code of all handlers, in one folder with the policy beside them; the functions of a stack share it. */
export function handlerCode(policy: CompiledPolicy): AssetCode {
  return Code.fromAsset(IS_BUILT ? findBuilt('handlers') : join(PACKAGE_ROOT, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      // The staging cache cannot see into `tryBundle`: this is what tells the bundles of two policies apart.
      command: [policy.hash],
      local: {
        tryBundle: (folder) => {
          layOut(folder, policy);
          return true;
        },
      },
    },
  });
}

function layOut(folder: string, policy: CompiledPolicy): void {
  if (IS_BUILT) cpSync(findBuilt('handlers'), folder, { recursive: true });
  else bundleHandlers(folder);
  const code = `export const policy = ${JSON.stringify(policy)};\n`;
  writeFileSync(join(folder, 'policy.mjs'), code);
}
