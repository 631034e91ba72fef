import {
  CreateTrail$,
  type CreateTrailRequest,
  type CreateTrailResponse,
  DeleteTrail$,
  type DeleteTrailRequest,
  DescribeTrails$,
  type DescribeTrailsRequest,
  type DescribeTrailsResponse,
  GetTrail$,
  type GetTrailRequest,
  type GetTrailResponse,
  ListTrails$,
  type ListTrailsRequest,
  type ListTrailsResponse,
  type Trail as TrailView,
} from '@aws-sdk/client-cloudtrail';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { cloudtrailFault, notOffered } from './cloudtrail-faults.ts';
import { defineRead, defineWrite } from './define-trails.ts';
import { checkName, findTrail, lookUp, type Trail, type Trails, trailArnOf } from './trails.ts';

type CreateInput = Given<CreateTrailRequest, 'Name' | 'S3BucketName'>;

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const MOST_TRAILS = 5;

/** Settings about places where this account writes nothing. */
const NOT_OFFERED: readonly (keyof CreateTrailRequest)[] = [
  'SnsTopicName',
  'CloudWatchLogsLogGroupArn',
  'CloudWatchLogsRoleArn',
  'KmsKeyId',
  'RecursiveLogging',
];

/** The operations on trails. */
export function trailOperations(trails: Trails): readonly Operation[] {
  return [
    defineRead<DescribeTrailsRequest, DescribeTrailsResponse>(DescribeTrails$, trails, {
      on: () => '*',
      handle: ({ trailNameList = [] }) => ({
        trailList: selected(trails, trailNameList).map((trail) => toView(trails, trail)),
      }),
    }),
    defineRead<ListTrailsRequest, ListTrailsResponse>(ListTrails$, trails, {
      on: () => '*',
      // AWS: every trail of a region is in the first page, so this account has no tokens.
      handle: ({ NextToken: token }) => {
        if (token !== undefined)
          throw cloudtrailFault('InvalidNextTokenException', 'Invalid token');
        return {
          Trails: [...trails.byName.values()].map(({ name, arn }) => ({
            Name: name,
            TrailARN: arn,
            HomeRegion: trails.region,
          })),
        };
      },
    }),
    defineRead<Given<GetTrailRequest, 'Name'>, GetTrailResponse>(GetTrail$, trails, {
      on: ({ Name }) => Name,
      handle: ({ Name }) => ({ Trail: toView(trails, findTrail(trails, Name)) }),
    }),
    defineWrite<CreateInput, CreateTrailResponse>(CreateTrail$, trails, {
      on: ({ Name }) => Name,
      handle: (input) => createTrail(trails, input),
    }),
    defineWrite<Given<DeleteTrailRequest, 'Name'>, void>(DeleteTrail$, trails, {
      on: ({ Name }) => Name,
      handle: ({ Name }) => {
        trails.byName.delete(findTrail(trails, Name).name);
      },
    }),
  ];
}

/** AWS: an empty list asks for all, and names that no trail has are left out. */
function selected(trails: Trails, names: readonly string[]): readonly Trail[] {
  if (names.length === 0) return [...trails.byName.values()];
  return names.flatMap((name) => lookUp(trails, name) ?? []);
}

function createTrail(trails: Trails, input: CreateInput): CreateTrailResponse {
  const { Name: name, S3BucketName: bucketName, S3KeyPrefix: keyPrefix } = input;
  checkName(name);
  checkSettings(input);
  if (trails.byName.has(name)) {
    const text = `Trail ${name} already exists for customer: ${trails.accountId}`;
    throw cloudtrailFault('TrailAlreadyExistsException', text);
  }
  if (trails.byName.size >= MOST_TRAILS) {
    const text = `User: ${trails.accountId} already has ${MOST_TRAILS} trails in ${trails.region}.`;
    throw cloudtrailFault('MaximumNumberOfTrailsExceededException', text);
  }
  const trail: Trail = {
    name,
    arn: trailArnOf(trails, name),
    bucketName,
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
    isMultiRegion: input.IsMultiRegionTrail ?? false,
    hasGlobalEvents: input.IncludeGlobalServiceEvents ?? true,
    isValidated: input.EnableLogFileValidation ?? false,
    // AWS: a trail logs nothing until StartLogging.
    isLogging: false,
  };
  trails.byName.set(name, trail);
  const { HomeRegion, HasCustomEventSelectors, HasInsightSelectors, ...answer } = toView(
    trails,
    trail,
  );
  return answer;
}

function checkSettings(input: CreateInput): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(input.S3BucketName)) {
    const text = `Bucket name is not valid: ${input.S3BucketName}`;
    throw cloudtrailFault('InvalidS3BucketNameException', text);
  }
  if (input.IsMultiRegionTrail === true && input.IncludeGlobalServiceEvents === false) {
    const text = 'Multi-Region trail must include global service events.';
    throw cloudtrailFault('InvalidParameterCombinationException', text);
  }
  if (input.IsOrganizationTrail === true) {
    const text = 'The account is not the management account of its organization.';
    throw cloudtrailFault('NotOrganizationMasterAccountException', text);
  }
  const ignored = NOT_OFFERED.find((setting) => input[setting] !== undefined);
  if (ignored !== undefined) throw notOffered(`trails with ${ignored}`);
  if ((input.TagsList ?? []).length > 0) throw notOffered('tags of trails');
}

function toView({ region }: Trails, trail: Trail): TrailView {
  return {
    Name: trail.name,
    S3BucketName: trail.bucketName,
    ...(trail.keyPrefix === undefined ? {} : { S3KeyPrefix: trail.keyPrefix }),
    IncludeGlobalServiceEvents: trail.hasGlobalEvents,
    IsMultiRegionTrail: trail.isMultiRegion,
    HomeRegion: region,
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.isValidated,
    HasCustomEventSelectors: trail.selectors !== undefined,
    HasInsightSelectors: false,
    IsOrganizationTrail: false,
  };
}
