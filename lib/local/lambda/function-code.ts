import { createHash } from 'node:crypto';
import type { FunctionCode as CodeRequest } from '@aws-sdk/client-lambda';
import { invalidParameter } from './faults.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { FunctionCode } from './stored-function.ts';

/** The code that a request names: a zip file in the request, an object in S3, or a container image. */
export function readCode(context: LambdaContext, request: CodeRequest): FunctionCode {
  const { ZipFile, S3Bucket, S3Key, ImageUri, SourceKMSKeyArn } = request;
  if (request.S3ObjectStorageMode === 'REFERENCE') {
    throw invalidParameter('the local account keeps code as a copy only');
  }
  const encrypted = SourceKMSKeyArn === undefined ? {} : { sourceKmsKeyArn: SourceKMSKeyArn };
  if (ImageUri !== undefined) {
    return { ...withHash('image', new TextEncoder().encode(ImageUri)), imageUri: ImageUri };
  }
  if (ZipFile !== undefined) {
    if (ZipFile.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
    return { ...withHash('inline', ZipFile), ...encrypted };
  }
  if (S3Bucket === undefined || S3Key === undefined) {
    throw invalidParameter('Please provide a source for function code.');
  }
  return { ...withHash('deployed', readObject(context, S3Bucket, S3Key)), ...encrypted };
}

function readObject({ objects }: LambdaContext, bucket: string, key: string): Uint8Array {
  const bytes = objects.get(bucket, key);
  if (bytes === undefined) {
    const reason = objects.hasBucket(bucket)
      ? 'NoSuchKey. S3 Error Message: The specified key does not exist.'
      : 'NoSuchBucket. S3 Error Message: The specified bucket does not exist';
    throw invalidParameter(`Error occurred while GetObject. S3 Error Code: ${reason}`);
  }
  // Every zip file starts with these two letters.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    throw invalidParameter(
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
  return bytes;
}

function withHash(kind: FunctionCode['kind'], bytes: Uint8Array): FunctionCode {
  return { kind, bytes, sha256: createHash('sha256').update(bytes).digest('base64') };
}
