import { createHash, randomUUID } from 'node:crypto';
import { CreateFunction$, type CreateFunctionRequest } from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { checkAttachment, requestedAttachment } from './attachment-request.ts';
import { checkOnProvider, PROVIDER_DEFAULTS } from './capacity-request.ts';
import { checkDeadLetters } from './dead-letter-request.ts';
import { assumeRole, checkInterfaceCalls } from './execution-role.ts';
import { conflict, invalidParameter, lambdaFault } from './faults.ts';
import { checkFileSystems } from './file-system-request.ts';
import { readCode } from './function-code.ts';
import { type NamedFunction, parseFunctionName } from './function-name.ts';
import { toSettings } from './function-settings.ts';
import { type LambdaContext, nameOf } from './lambda-context.ts';
import { attachingNeeds, functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import { checkPublishTo, publish } from './publish-version.ts';
import type { Attachment, Configuration, FunctionCode, StoredFunction } from './stored-function.ts';
import { completeAfter } from './transitions.ts';
import { checkSupported } from './unsupported-settings.ts';
import { CREATING } from './version-states.ts';

/** CreateFunction. */
export function createFunctionOperation(context: LambdaContext): Operation {
  return operation<CreateFunctionRequest, Configuration>(CreateFunction$, {
    needs: (input) => [
      ...attachingNeeds(context, 'CreateFunction', input),
      ...(Object.keys(input.Tags ?? {}).length === 0
        ? []
        : [functionNeed(context, 'TagResource', { FunctionName: input.FunctionName })]),
    ],
    handle: (input, { nowMs }) => {
      checkPublishTo(input.PublishTo);
      checkSupported(input);
      const named = checkNew(context, input);
      const attachment = checkRequestedAttachment(context, input);
      const code = readCode(context, input.Code ?? {});
      context.codeStorage.checkRoom(code.bytes.length);
      const stored: StoredFunction = {
        name: named.name,
        arn: named.arn,
        configuration: toConfiguration(context, { named, input, attachment, code, nowMs }),
        code,
        tags: { ...input.Tags },
        usedAtMs: nowMs,
        versions: new Map(),
        aliases: new Map(),
      };
      context.functions.set(named.name, stored);
      const waitMs = context.interfaces.prepare(attachment);
      completeAfter(context, stored, { waitMs, wakes: true });
      if (input.Publish !== true) return stored.configuration;
      // AWS: the answer names the version, but the function's own ARN.
      return { ...publish(context, stored, { waitMs }), FunctionArn: named.arn };
    },
    trail: (input) => lambdaTrail('CreateFunction', { Publish: false, ...input }),
  });
}

function checkNew(context: LambdaContext, input: CreateFunctionRequest): NamedFunction {
  const named = nameOf(context, input.FunctionName);
  const isImage = input.PackageType === 'Image';
  if (!isImage && (input.Runtime === undefined || input.Handler === undefined)) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  if (isImage !== (input.Code?.ImageUri !== undefined)) {
    throw invalidParameter(
      'Please provide ImageUri when updating a function with packageType Image, and a zip file otherwise.',
    );
  }
  checkHere(context, named);
  if (context.functions.has(named.name)) throw conflict(`Function already exist: ${named.name}`);
  return named;
}

/** The text is not verified against AWS. */
function checkHere({ core }: LambdaContext, { name, arn }: NamedFunction): void {
  if (arn === parseFunctionName(name, core).arn) return;
  throw lambdaFault(
    'AccessDeniedException',
    403,
    `Functions are created in their own account and region only: ${arn}`,
  );
}

function checkRequestedAttachment(
  context: LambdaContext,
  input: CreateFunctionRequest,
): Attachment | undefined {
  const role = assumeRole(context.core, input.Role ?? '');
  checkDeadLetters(context.core, input.DeadLetterConfig, role.arn);
  checkOnProvider(context, input);
  const requested = requestedAttachment(input.VpcConfig);
  const attachment = requested && checkAttachment(context.network, requested);
  checkFileSystems({
    FileSystemConfigs: input.FileSystemConfigs,
    ...(attachment === undefined ? {} : { VpcConfig: attachment }),
  });
  if ((attachment?.SubnetIds.length ?? 0) > 0) checkInterfaceCalls(context.core, role);
  return attachment;
}

function toConfiguration(
  { core }: LambdaContext,
  from: {
    readonly named: NamedFunction;
    readonly input: CreateFunctionRequest;
    readonly attachment: Attachment | undefined;
    readonly code: FunctionCode;
    readonly nowMs: number;
  },
): Configuration {
  const { named, input, attachment, code, nowMs } = from;
  return {
    FunctionName: named.name,
    FunctionArn: named.arn,
    Role: '',
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    PackageType: input.PackageType ?? 'Zip',
    Architectures: input.Architectures ?? ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${named.name}` },
    ...(input.CapacityProviderConfig === undefined ? {} : PROVIDER_DEFAULTS),
    ...toSettings(input, { FunctionName: named.name }),
    ...(attachment === undefined ? {} : { VpcConfig: attachment }),
    ...(input.Runtime === undefined ? {} : runtimeVersion(core.region, input.Runtime)),
    CodeSize: code.kind === 'image' ? 0 : code.bytes.length,
    CodeSha256: code.sha256,
    LastModified: toLambdaTime(nowMs),
    RevisionId: randomUUID(),
    ...CREATING,
  };
}

/** Lambda's own spelling of a time. */
export function toLambdaTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '+0000');
}

function runtimeVersion(region: string, runtime: string): Partial<Configuration> {
  const hash = createHash('sha256').update(runtime).digest('hex');
  return {
    RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${region}::runtime:${hash}` },
  };
}
