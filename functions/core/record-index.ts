/** The index on the records that finds the functions of a VPC; what is detached or deleted is not in it. */
export const VPC_INDEX = {
  name: 'by-vpc',
  partitionKey: 'vpcId',
  sortKey: 'functionArn',
} as const;
