import { EC2, type ResourceType, type TagSpecification } from '@aws-sdk/client-ec2';
import type { FullAccount } from '../full-account.ts';

export const APPROVED = 'vpc-0a1b2c3d4e5f60001';
export const FORBIDDEN = 'vpc-0f0e0d0c0b0a00002';
export const PRIVATE_A = 'subnet-071f712345678e7c8';
export const PUBLIC_A = 'subnet-0a1b2c3d4e5f6a001';
export const FUNCTIONS = 'sg-085912345678492fb';

/** Where a scenario plays: an account, and a client of EC2 whose answers are noted. */
export interface Ec2Scene {
  readonly account: FullAccount;
  readonly ec2: EC2;
}

/** A name and another tag for something that is about to be made. */
export function tagged(kind: ResourceType, name = 'mine'): TagSpecification[] {
  const Tags = [
    { Key: 'Name', Value: name },
    { Key: 'team', Value: 'net' },
  ];
  return [{ ResourceType: kind, Tags }];
}

/** What an answer has to hold for the scenario to go on. */
export function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the answer lacks what the scenario needs');
  return value;
}

/** Calls an operation by its name. */
export async function callByName(
  ec2: EC2,
  operation: string,
  input: object = {},
): Promise<Readonly<Record<string, unknown>>> {
  const method: unknown = Reflect.get(ec2, operation.charAt(0).toLowerCase() + operation.slice(1));
  if (typeof method !== 'function') throw new Error(`no operation \`${operation}\``);
  return { ...(await Reflect.apply(method, ec2, [input])) };
}

/** Creates a client of an account. */
export function newClient(account: FullAccount): EC2 {
  return new EC2(account.settings());
}
