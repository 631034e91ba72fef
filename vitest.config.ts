import { defineConfig } from 'vitest/config';

/** These mock clients or set globals: each file has modules of its own. The others share theirs, which is quicker. */
const ISOLATED = ['test/adapters/**/*.test.ts', 'test/{handlers,runtime}/**/*.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/support/synthesize.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One worker is the default on two cores: most tests wait for processes and sockets.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'isolated', include: ISOLATED } },
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: ISOLATED,
          isolate: false,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/**', 'lib/**'],
      // In worker threads and in a browser nobody counts.
      exclude: ['lib/local/execution/bootstrap.ts', 'lib/page/**/*.tsx', 'lib/page/use-filter.ts'],
      reporter: ['text-summary'],
      thresholds: { lines: 95, branches: 90, 'functions/core/**': { 100: true } },
    },
  },
});
