import { configureGlobal } from 'fast-check';

/** The same cases in every run: whether a mutant survives must not be luck. */
configureGlobal({ seed: 20_261_122 });
