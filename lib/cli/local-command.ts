import { type LocalAccount, startLocalAccount } from '../local/start-local-account.ts';
import { accessHints } from './keep-open.ts';
import { untilStopped } from './until-stopped.ts';
import { UsageError } from './usage-error.ts';

/** How `local` is run. */
export interface LocalOptions {
  readonly port: number;
  readonly speed: number;
  /** Whether callers are held to AWS's request rates. Default: yes. */
  readonly quotas?: boolean;
}

/** What `local` has of the terminal. */
export interface LocalTerminal {
  readonly log: (line: string) => void;
  /** Ends when the account is to be stopped. */
  readonly untilStopped: () => Promise<void>;
}

const TERMINAL: LocalTerminal = {
  log: (line) => process.stdout.write(`${line}\n`),
  untilStopped,
};

/** Serves a local account until somebody stops it. */
export async function runLocal(
  options: LocalOptions,
  terminal: LocalTerminal = TERMINAL,
): Promise<void> {
  const account = await start(options);
  const stopped = terminal.untilStopped();
  try {
    terminal.log(`local AWS account ${account.core.accountId} on ${account.endpoint}`);
    for (const line of accessHints(account.endpoint)) terminal.log(line);
    terminal.log(`look at it and steer it: curl ${account.endpoint}/_local/`);
    terminal.log(`${pace(options.speed)}; stop it with Ctrl-C`);
    await stopped;
  } finally {
    await account.close();
  }
  terminal.log('stopped');
}

function pace(speed: number): string {
  return speed === 0
    ? 'its time stands still until it is advanced'
    : `its time passes ${speed} times as fast as real time`;
}

async function start({ quotas = true, ...options }: LocalOptions): Promise<LocalAccount> {
  try {
    return await startLocalAccount({ ...options, apiQuotas: quotas });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new UsageError(`port ${options.port} is taken: choose another one with --port`, {
        cause,
      });
    }
    if (code === 'EACCES') {
      throw new UsageError(
        `port ${options.port} may not be used: choose one above 1023 with --port`,
        {
          cause,
        },
      );
    }
    throw cause;
  }
}
