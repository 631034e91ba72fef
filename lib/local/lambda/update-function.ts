import { randomUUID } from 'node:crypto';
import {
  UpdateFunctionCode$,
  type UpdateFunctionCodeRequest,
  UpdateFunctionConfiguration$,
  type UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { checkAttachment, requestedAttachment } from './attachment-request.ts';
import { checkOnProvider } from './capacity-request.ts';
import { toLambdaTime } from './create-function.ts';
import { checkDeadLetters } from './dead-letter-request.ts';
import { assumeRole, checkInterfaceCalls } from './execution-role.ts';
import { invalidParameter } from './faults.ts';
import { checkFileSystems } from './file-system-request.ts';
import { readCode } from './function-code.ts';
import { checkChangeable, checkRevision } from './function-guards.ts';
import { toSettings } from './function-settings.ts';
import { checkArchitectures } from './known-values.ts';
import { findFunction, type LambdaContext, nameOf } from './lambda-context.ts';
import { attachingNeeds, functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import { checkPublishTo, publish } from './publish-version.ts';
import type { Attachment, Configuration, StoredFunction } from './stored-function.ts';
import { completeAfter } from './transitions.ts';
import { UPDATING } from './version-states.ts';

/** UpdateFunctionConfiguration and UpdateFunctionCode. */
export function updateFunctionOperations(context: LambdaContext): readonly Operation[] {
  return [updateConfiguration(context), updateCode(context)];
}

function updateConfiguration(context: LambdaContext): Operation {
  return operation<UpdateFunctionConfigurationRequest, Configuration>(
    UpdateFunctionConfiguration$,
    {
      needs: (input) => attachingNeeds(context, 'UpdateFunctionConfiguration', input),
      handle: (input) => {
        const stored = findFunction(context, input.FunctionName);
        checkChangeable(context, stored);
        checkRevision(stored.configuration.RevisionId, input.RevisionId);
        checkOnProvider(context, input, stored.configuration);
        const settings = toSettings(input, stored.configuration);
        const { Role = stored.configuration.Role } = input;
        checkDeadLetters(context.core, input.DeadLetterConfig, Role);
        const attachment = checkNewAttachment(context, stored, input);
        const configuration: Configuration = {
          ...stored.configuration,
          ...settings,
          ...(attachment === undefined ? {} : { VpcConfig: attachment }),
        };
        checkFileSystems(configuration, stored.configuration);
        return begin(context, { ...stored, configuration }, attachment).configuration;
      },
      trail: (input) => lambdaTrail('UpdateFunctionConfiguration', input),
    },
  );
}

function updateCode(context: LambdaContext): Operation {
  return operation<UpdateFunctionCodeRequest, Configuration>(UpdateFunctionCode$, {
    needs: ({ FunctionName }) => [functionNeed(context, 'UpdateFunctionCode', { FunctionName })],
    handle: (input) => {
      checkPublishTo(input.PublishTo);
      const stored = findFunction(context, input.FunctionName);
      checkChangeable(context, stored);
      checkRevision(stored.configuration.RevisionId, input.RevisionId);
      checkArchitectures(input.Architectures);
      const code = readCode(context, input);
      if ((stored.code.kind === 'image') !== (code.kind === 'image')) {
        throw invalidParameter(
          'The package type of the function and of the code that is provided do not match.',
        );
      }
      context.codeStorage.checkRoom(code.bytes.length);
      const configuration: Configuration = {
        ...stored.configuration,
        ...(input.Architectures === undefined ? {} : { Architectures: input.Architectures }),
        CodeSize: code.kind === 'image' ? 0 : code.bytes.length,
        CodeSha256: code.sha256,
      };
      if (input.DryRun === true) return configuration;
      const begun = begin(context, { ...stored, configuration, code }, undefined);
      if (input.Publish !== true) return begun.configuration;
      const waitMs = context.interfaces.prepare(configuration.VpcConfig);
      return publish(context, begun, { waitMs });
    },
    trail: (input) => codeTrail(context, input),
  });
}

/** Stores what was asked for as an update in progress. */
function begin(
  context: LambdaContext,
  changed: StoredFunction,
  attachment: Attachment | undefined,
): StoredFunction {
  const configuration: Configuration = {
    ...changed.configuration,
    ...UPDATING,
    LastModified: toLambdaTime(context.core.clock.nowMs()),
    RevisionId: randomUUID(),
  };
  // AWS: an update after one that failed tries again what that one asked for (inferred).
  const isRetry = changed.configuration.LastUpdateStatus === 'Failed';
  const attaching = attachment ?? (isRetry ? changed.configuration.VpcConfig : undefined);
  const stored = { ...changed, configuration };
  context.functions.set(stored.name, stored);
  completeAfter(context, stored, {
    waitMs: context.interfaces.prepare(attaching),
    wakes: attaching !== undefined,
  });
  return stored;
}

/** The attachment that an update sets; undefined where the present one stays. */
function checkNewAttachment(
  context: LambdaContext,
  { configuration: present }: StoredFunction,
  input: UpdateFunctionConfigurationRequest,
): Attachment | undefined {
  const role = input.Role === undefined ? undefined : assumeRole(context.core, input.Role);
  const requested = requestedAttachment(input.VpcConfig, present.VpcConfig);
  if (requested === undefined) return undefined;
  const attachment = checkAttachment(context.network, requested);
  if (attachment.SubnetIds.length > 0) {
    checkInterfaceCalls(context.core, role ?? assumeRole(context.core, present.Role));
  }
  return attachment;
}

function codeTrail(context: LambdaContext, input: UpdateFunctionCodeRequest) {
  const { name, arn } = nameOf(context, input.FunctionName);
  const [, partition, , region, account] = arn.split(':');
  return lambdaTrail(
    'UpdateFunctionCode',
    { Publish: false, DryRun: false, ...input },
    {
      fullyQualifiedArn: {
        arnPrefix: { partition, region, account },
        relativeId: { functionName: name },
        functionQualifier: {},
      },
    },
  );
}
