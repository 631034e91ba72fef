import { describe, expect, it } from 'vitest';
import type { ListedFunction } from '../../functions/workflows/ports.ts';
import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';

/** A version that somebody publishes. */
interface Published {
  readonly version: string;
  readonly aliases: readonly string[];
}

/** An account whose functions are listed. */
export interface ListingSubject extends Pick<SweepPorts, 'listPage' | 'readSnapshot'> {
  readonly readAliases: (functionArn: string) => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly create: (name: string) => Promise<void>;
  /** Publishes so many versions, counted from 1, and points aliases at them. */
  readonly publish: (name: string, versions: readonly Published[]) => Promise<void>;
}

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** What every list of functions does. */
export function describeListingContract(name: string, create: () => Promise<ListingSubject>): void {
  describe(`${name} as the list of functions`, () => {
    it('answers one page without a marker where there is room for all, and for none', async () => {
      const account = await create();
      expect(await account.listPage(false, undefined)).toEqual({ functions: [] });

      await account.create('orders');
      await account.create('Orders');

      const page = await account.listPage(false, undefined);
      expect(arnsOf(page?.functions)).toEqual([arnOf('Orders'), arnOf('orders')]);
      expect(page).not.toHaveProperty('nextMarker');
    });

    it('follows its markers to the last function, each once', async () => {
      const account = await create();
      const names = Array.from({ length: 51 }, (_, index) => `f-${index + 10}`);
      for (const one of names) await account.create(one);

      const first = await account.listPage(false, undefined);
      const second = await account.listPage(false, first?.nextMarker);

      expect(first?.functions).toHaveLength(50);
      expect(second?.nextMarker).toBeUndefined();
      const listed = [...(first?.functions ?? []), ...(second?.functions ?? [])];
      expect(arnsOf(listed)).toEqual(names.map(arnOf));
    });

    it('answers undefined for a marker that it does not know', async () => {
      const account = await create();

      expect(await account.listPage(true, 'a marker of another account')).toBeUndefined();
    });

    it('lists published versions behind their function where they are asked for', async () => {
      const account = await create();
      await account.create('a');
      await account.create('b');
      await account.publish('a', [{ version: '1', aliases: [] }]);

      const page = await account.listPage(true, undefined);

      const listed = page?.functions.map(({ functionArn, version }) => [functionArn, version]);
      expect(listed).toEqual([
        [arnOf('a'), undefined],
        [arnOf('a'), '1'],
        [arnOf('b'), undefined],
      ]);
      expect((await account.listPage(false, undefined))?.functions).toHaveLength(2);
    });

    it('knows the aliases of each version that has some, and none of no function', async () => {
      const account = await create();
      await account.create('a');
      await account.publish('a', [
        { version: '1', aliases: ['next', 'live'].sort() },
        { version: '2', aliases: [] },
      ]);

      expect(await account.readAliases(arnOf('a'))).toEqual(new Map([['1', ['live', 'next']]]));
      expect(await account.readAliases(arnOf('none'))).toEqual(new Map());
    });

    it('reads the state of one version by its number or its alias', async () => {
      const account = await create();
      await account.create('a');
      await account.publish('a', [{ version: '1', aliases: ['live'] }]);

      for (const qualified of ['a:1', 'a:live']) {
        expect(await account.readSnapshot(arnOf(qualified))).toMatchObject({
          functionArn: arnOf('a'),
          state: 'Active',
        });
      }
      expect(await account.readSnapshot(arnOf('a:2'))).toBeUndefined();
    });
  });
}

function arnsOf(functions: readonly ListedFunction[] = []): readonly string[] {
  return functions.map(({ functionArn }) => functionArn).sort();
}
