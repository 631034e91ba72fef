import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AttachedAccount,
  GROUP,
  PRIVATE_A,
  startAttachedAccount,
  VPC,
} from './attached-account.ts';

const S3_LIST = 'pl-63a5400a';
const NOBODY = 'sg-0a1b2c3d4e5f6d001';
const ALL = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

let account: AttachedAccount;

beforeEach(async () => {
  account = await startAttachedAccount();
});

afterEach(async () => {
  await account.stop();
});

const tcp = (port: number, more: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...more,
});

const to = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });

const closed = (GroupId: string) =>
  account.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [ALL] }));

const letOut = (GroupId: string, ...IpPermissions: IpPermission[]) =>
  account.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions }));

const letIn = (GroupId: string, ...IpPermissions: IpPermission[]) =>
  account.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));

async function newGroup(GroupName: string): Promise<string> {
  const made = await account.ec2.send(
    new CreateSecurityGroupCommand({ VpcId: VPC, GroupName, Description: GroupName }),
  );
  return made.GroupId ?? '';
}

async function attached(...SecurityGroupIds: string[]): Promise<void> {
  await account.create('f', { VpcConfig: { SubnetIds: [PRIVATE_A], SecurityGroupIds } });
  await account.seconds(75);
}

async function reaches(...reach: string[]): Promise<unknown> {
  return (await account.invoke('f', { payload: { reach } }))['reaches'];
}

async function whyNot(target: string): Promise<unknown> {
  const { paths } = await account.invoke('f', { payload: { reach: [target] } });
  return paths?.[0];
}

async function stsEndpoint(...SecurityGroupIds: string[]): Promise<string> {
  const { VpcEndpoint } = await account.ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: VPC,
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-east-1.sts',
      SubnetIds: [PRIVATE_A],
      SecurityGroupIds,
    }),
  );
  await account.seconds(60);
  return VpcEndpoint?.VpcEndpointId ?? '';
}

describe('what the groups of a function let out', () => {
  it('is nothing without an outbound rule, whatever the routes say', async () => {
    await attached(GROUP);
    await closed(GROUP);

    expect(await reaches('internet', 's3', '172.31.9.9')).toEqual({
      internet: false,
      s3: false,
      '172.31.9.9': false,
    });
    expect(await whyNot('internet')).toMatchObject({
      because: `no outbound rule of ${GROUP} allows tcp 443 to 8.8.8.8`,
    });
    expect(await whyNot('s3')).toMatchObject({
      because: `no outbound rule of ${GROUP} allows tcp 443 to ${S3_LIST}`,
    });
    expect(await whyNot('172.31.9.9')).toMatchObject({
      because: `no outbound rule of ${GROUP} allows anything to 172.31.9.9`,
    });
  });

  it('is what any rule of any of them allows', async () => {
    const other = await newGroup('other');
    await closed(GROUP);
    await closed(other);
    await letOut(GROUP, tcp(443, { PrefixListIds: [{ PrefixListId: S3_LIST }] }));
    await letOut(other, tcp(5432, to('172.31.9.0/24')), {
      IpProtocol: '17',
      FromPort: 53,
      ToPort: 53,
      ...to('0.0.0.0/0'),
    });
    await attached(GROUP, other);

    expect(await reaches('s3', 'dynamodb', 'internet')).toEqual({
      s3: true,
      dynamodb: false,
      internet: false,
    });
    expect(await reaches('172.31.9.9', '172.31.9.9:5432', '172.31.9.9:22')).toEqual({
      '172.31.9.9': true,
      '172.31.9.9:5432': true,
      '172.31.9.9:22': false,
    });
    expect(await whyNot('172.31.9.9:22')).toMatchObject({
      because: `no outbound rule of ${GROUP}, ${other} allows tcp 22 to 172.31.9.9`,
    });
  });

  it('has to be the whole internet', async () => {
    await closed(GROUP);
    await letOut(GROUP, tcp(443, to('0.0.0.0/1')));
    await attached(GROUP);

    expect(await reaches('internet', '8.8.8.8:443')).toEqual({
      internet: false,
      '8.8.8.8:443': true,
    });
    expect(await whyNot('internet')).toMatchObject({
      because: `no outbound rule of ${GROUP} allows tcp 443 to 198.51.100.1`,
    });
  });

  it('is the way through NAT to a service with a prefix list too', async () => {
    for (const table of account.network.routeTables.values()) {
      const routes = table.routes.filter(({ target }) => !target.startsWith('vpce-'));
      account.network.routeTables.set(table.routeTableId, { ...table, routes });
    }
    await closed(GROUP);
    await letOut(GROUP, tcp(443, { PrefixListIds: [{ PrefixListId: S3_LIST }] }));
    await attached(GROUP);

    expect(await reaches('s3', 'dynamodb')).toEqual({ s3: true, dynamodb: false });
  });
});

describe('an interface endpoint', () => {
  it('is reached only where its own groups let the function in', async () => {
    const group = await newGroup('endpoint');
    const id = await stsEndpoint(group);
    await attached(GROUP);
    const stopped = await whyNot('sts');
    await letIn(group, tcp(80, to('0.0.0.0/0')), tcp(443, to('172.31.2.0/24')));
    const still = await reaches('sts');
    await letIn(group, tcp(443, { UserIdGroupPairs: [{ GroupId: GROUP }] }));

    expect(stopped).toEqual({
      target: 'sts',
      subnetId: PRIVATE_A,
      reaches: false,
      because: `no inbound rule of ${group} of ${id} allows tcp 443 from 172.31.3.5`,
    });
    expect(still).toEqual({ sts: false });
    expect(await whyNot('sts')).toMatchObject({ reaches: true, through: [id] });
  });

  it.each([
    ['the address of the function', '172.31.3.5/32', true],
    ['its subnet', '172.31.3.0/24', true],
    ['another address', '172.31.3.6/32', false],
  ])('lets in by a rule for %s', async (_what, range, isReached) => {
    const group = await newGroup('endpoint');
    await stsEndpoint(group);
    await letIn(group, tcp(443, to(range)));
    await attached(GROUP);

    expect(await reaches('sts', '172.31.3.4:443')).toEqual({
      sts: isReached,
      '172.31.3.4:443': isReached,
    });
  });

  it('asks for the whole subnet where the function has no interface of its own', async () => {
    const group = await newGroup('endpoint');
    await stsEndpoint(group);
    await letIn(group, tcp(443, to('172.31.3.5/32')));
    await attached(GROUP);
    account.network.networkInterfaces.forEach((held, id, all) => {
      if (held.interfaceType === 'lambda') all.delete(id);
    });

    expect(await whyNot('sts')).toMatchObject({
      because: expect.stringMatching(/ allows tcp 443 from 172\.31\.3\.0\/24$/),
    });
  });

  it('is let out to by its group, and never by another', async () => {
    const group = await newGroup('endpoint');
    const id = await stsEndpoint(group);
    await letIn(group, ALL);
    await closed(GROUP);
    await letOut(GROUP, tcp(443, { UserIdGroupPairs: [{ GroupId: NOBODY }] }));
    await attached(GROUP);
    const stopped = await whyNot('sts');
    await letOut(GROUP, tcp(443, { UserIdGroupPairs: [{ GroupId: group }] }));

    expect(stopped).toMatchObject({
      because: `no outbound rule of ${GROUP} allows tcp 443 to 172.31.3.4`,
    });
    expect(await whyNot('sts')).toMatchObject({ through: [id] });
    expect(await reaches('internet')).toEqual({ internet: false });
  });
});
