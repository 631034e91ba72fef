import type { FunctionEventInvokeConfig } from '@aws-sdk/client-lambda';
import { notFound } from './faults.ts';
import { qualifierOf } from './find-version.ts';
import { type LambdaContext, nameOf } from './lambda-context.ts';

/** How Lambda treats the asynchronous events of a function, of one of its versions or of an alias. */
export interface StoredEventConfig {
  readonly functionName: string;
  /** `$LATEST`, a version's number or an alias. */
  readonly qualifier: string;
  /** With the qualifier. */
  readonly arn: string;
  readonly lastModifiedMs: number;
  readonly settings: EventSettings;
}

/** What a configuration may set; what it does not set keeps Lambda's default. */
export interface EventSettings {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
  /** ARNs. */
  readonly onSuccess?: string;
  readonly onFailure?: string;
}

/** A qualified function: where a configuration is held. */
export interface EventTarget {
  readonly functionName: string;
  readonly qualifier: string;
}

/** The key of a configuration. */
export function eventKey({ functionName, qualifier }: EventTarget): string {
  return `${functionName}:${qualifier}`;
}

/** A configuration as Lambda answers it. */
export function describeEventConfig({
  arn,
  lastModifiedMs,
  settings,
}: StoredEventConfig): FunctionEventInvokeConfig {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure } = settings;
  return {
    FunctionArn: arn,
    LastModified: new Date(lastModifiedMs),
    ...(maximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === undefined
      ? {}
      : { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}

/** The configuration that a caller names, or the refusal where there is none. */
export function findEventConfig(
  context: LambdaContext,
  target: EventTarget & { readonly arn: string },
): StoredEventConfig {
  const config = context.eventConfigs.get(eventKey(target));
  if (config?.arn === target.arn) return config;
  throw notFound(`The function ${target.arn} doesn't have an EventInvokeConfig`);
}

/** Forgets the configurations of a function, or of one of its versions or aliases. */
export function forgetEventConfigs(
  { eventConfigs }: LambdaContext,
  functionName: string,
  qualifier?: string,
): void {
  for (const [key, config] of eventConfigs) {
    const isMeant = config.functionName === functionName;
    if (isMeant && (qualifier ?? config.qualifier) === config.qualifier) eventConfigs.delete(key);
  }
}

/** Reads which function, version or alias a caller names, whether or not it exists. */
export function readEventTarget(
  context: LambdaContext,
  asked: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
): EventTarget & { readonly arn: string } {
  const named = nameOf(context, asked.FunctionName);
  const qualifier = qualifierOf(context, asked) ?? '$LATEST';
  return { functionName: named.name, qualifier, arn: `${named.arn}:${qualifier}` };
}
