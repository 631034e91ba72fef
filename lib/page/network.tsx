import { useMemo } from 'preact/hooks';
import { Disclosure } from './disclosure.tsx';
import { FunctionList } from './function-list.tsx';
import type { Model } from './model.ts';
import { type Picture, type PictureVpc, toPicture } from './network-picture.ts';
import { StandingBar } from './standing-bar.tsx';
import { Vpc } from './vpc.tsx';
import { counted, grouped } from './words.ts';

/** So many functions are drawn without being asked for. */
const FEW_FUNCTIONS = 300;

/** Where functions are: VPC by VPC, subnet by subnet, interface by interface. */
export function Network({ model }: { readonly model: Model }) {
  const { scan } = model.report;
  const picture = useMemo(() => scan && toPicture(scan), [scan]);
  return (
    <section id="network" aria-labelledby="network-title">
      <h2 id="network-title">Network</h2>
      {picture === undefined ? (
        <p class="nothing">
          This report is a rescan’s, which tells findings only. <code>scan --format html</code>{' '}
          draws the network.
        </p>
      ) : (
        <NetworkPicture picture={picture} model={model} />
      )}
    </section>
  );
}

function NetworkPicture(props: { readonly picture: Picture; readonly model: Model }) {
  const { picture, model } = props;
  const { vpcs, detached } = picture;
  const attached = vpcs.reduce((sum, vpc) => sum + vpc.functions.length, 0);
  return (
    <>
      <p class="hint">
        Functions with the same security groups share one network interface in each of their
        subnets. Open an interface to see which. Of published versions only the count of interfaces
        below knows.
      </p>
      {vpcs.map((vpc, index) => (
        <Disclosure
          key={vpc.vpcId}
          class="card vpc"
          startsOpen={attached <= FEW_FUNCTIONS || index === 0}
          summary={<VpcTitle vpc={vpc} />}
        >
          {() => <Vpc vpc={vpc} model={model} />}
        </Disclosure>
      ))}
      {detached.functions.length > 0 && (
        <Disclosure
          class="card vpc"
          summary={
            <>
              <h3>In no VPC</h3>
              <span class="sums">{counted(detached.functions.length, 'function')}</span>
              <StandingBar counts={detached.counts} />
              <Violating count={detached.counts.violation} />
            </>
          }
        >
          {() => <FunctionList functions={detached.functions} model={model} />}
        </Disclosure>
      )}
    </>
  );
}

function VpcTitle({ vpc }: { readonly vpc: PictureVpc }) {
  const { vpcId, network, zones, tiers, functions, counts, interfaces } = vpc;
  const subnets = tiers.reduce((sum, tier) => sum + tier.subnets.length, 0);
  return (
    <>
      <h3>
        <code>{vpcId}</code>
        {network?.isDedicated === true && <span class="badge tone-high">dedicated tenancy</span>}
      </h3>
      <span class="sums">
        {[
          counted(functions.length, 'function'),
          counted(interfaces, 'interface'),
          counted(subnets, 'subnet'),
          counted(zones.filter(Boolean).length, 'zone'),
        ].join(' · ')}
      </span>
      <StandingBar counts={counts} />
      <Violating count={counts.violation} />
    </>
  );
}

function Violating({ count }: { readonly count: number }) {
  return (
    <span class={count > 0 ? 'violating tone-violation' : 'violating'}>
      {count === 0 ? 'no violation' : `${grouped(count)} in violation`}
    </span>
  );
}
