/** The objects of the account: enough of S3 to carry a deployment's assets. */
export interface Objects {
  readonly get: (bucket: string, key: string) => Uint8Array | undefined;
  readonly hasBucket: (bucket: string) => boolean;
}
