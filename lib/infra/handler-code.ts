import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { CompiledPolicy } from '../../functions/core/policy.ts';

/** The entry files that are deployed, without their ending. */
export type HandlerName =
  | 'enforce-on-change'
  | 'rescan-on-request'
  | 'sweep-on-schedule'
  | 'release-on-request';

const REPOSITORY = join(import.meta.dirname, '../..');

/** Bundles one handler with everything that it needs, the compiled policy included. */
export function handlerCode(handler: HandlerName, policy: CompiledPolicy): AssetCode {
  return Code.fromAsset(join(REPOSITORY, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      // The staging cache cannot see into `tryBundle`: this is what tells the bundles of one folder apart.
      command: [handler, policy.hash],
      local: {
        tryBundle: (outdir) => {
          bundle(handler, policy, outdir);
          return true;
        },
      },
    },
  });
}

function bundle(handler: HandlerName, policy: CompiledPolicy, outdir: string): void {
  buildSync({
    absWorkingDir: REPOSITORY,
    entryPoints: { index: `functions/handlers/${handler}.ts` },
    outdir,
    bundle: true,
    // Code that is imported lazily stays in a chunk of its own: the cold start reads only what it runs.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    outExtension: { '.js': '.mjs' },
    define: { COMPILED_POLICY: JSON.stringify(policy) },
    logLevel: 'error',
  });
}
