import type { AwsFault } from './aws-fault.ts';
import type { WireAnswer, WireRequest } from './http.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { Operation, ProtocolName, Service } from './operation.ts';
import { queryProtocol } from './query-protocol.ts';
import { restJsonProtocol } from './rest-json-protocol.ts';

/** How one of AWS's protocols reads requests and writes answers. */
export interface Protocol {
  /** Undefined where the service has no such operation. */
  readonly route: (service: Service, request: WireRequest) => Routed | undefined;
  readonly writeOutput: (answered: Answered) => WireAnswer;
  readonly writeFault: (fault: AwsFault, service: Service, requestId: string) => WireAnswer;
}

/** An operation that was found, and how to read its input. */
export interface Routed {
  readonly operation: Operation;
  /** Throws an `AwsFault` where the body is not of the operation's form. */
  readonly readInput: () => Promise<Record<string, unknown>>;
}

/** An answer that is to be written. */
export interface Answered {
  readonly service: Service;
  readonly operation: Operation;
  readonly output: Record<string, unknown>;
  readonly requestId: string;
}

/** The protocols by name. */
export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  'rest-json': restJsonProtocol,
  json: jsonProtocol,
  query: queryProtocol,
  ec2: queryProtocol,
};
