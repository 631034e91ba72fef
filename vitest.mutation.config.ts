import { defineConfig } from 'vitest/config';
import { askedTestFiles } from './test/mutation/parts.ts';

/** The pure tests alone, for Stryker: no stack is synthesized, no account started, nothing is luck. */
export default defineConfig({
  test: {
    include: [...askedTestFiles()],
    exclude: ['test/**/*.properties.test.ts'],
    setupFiles: ['test/mutation/fixed-seed.ts'],
    isolate: false,
  },
});
