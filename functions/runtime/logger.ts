import { Logger } from '@aws-lambda-powertools/logger';

/** What one line says beside its message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** One JSON line per decision or fault; the message is a constant phrase. */
export interface Log {
  readonly info: (message: string, fields: LogFields) => void;
  readonly warn: (message: string, fields: LogFields) => void;
  readonly error: (message: string, fields: LogFields) => void;
}

/** Writes the lines; knows the invocation that they belong to. */
export const logger = new Logger({ serviceName: 'lambda-vpc-guardrail' });
