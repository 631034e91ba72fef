import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/support/synthesize.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['functions/**', 'lib/**'],
      exclude: ['lib/local/execution/bootstrap.ts'],
      reporter: ['text-summary'],
      thresholds: { lines: 95, branches: 90, 'functions/core/**': { 100: true } },
    },
  },
});
