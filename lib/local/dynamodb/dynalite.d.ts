/** The table emulator, which publishes no types: an HTTP server that is never made to listen. */
declare module 'dynalite' {
  import type { EventEmitter } from 'node:events';

  function dynalite(options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): EventEmitter;
  export = dynalite;
}
