import { type AddressBlock, holdsBlock, sizeOf } from './address-block.ts';

/** One block within the smallest one that holds it. */
export interface BlockNode<Content> {
  readonly block: AddressBlock;
  readonly content: Content;
  /** Absent in the outermost. */
  readonly parent?: BlockNode<Content>;
  /** How many addresses no smaller block takes away. */
  left: bigint;
}

/** What goes into a tree. */
export type BlockEntry<Content> = Pick<BlockNode<Content>, 'block' | 'content'>;

/** Puts blocks into each other; the outermost has to hold all of them, and no two should be equal. */
export function nestBlocks<Content>(
  outermost: BlockEntry<Content>,
  entries: readonly BlockEntry<Content>[],
): readonly [BlockNode<Content>, ...BlockNode<Content>[]] {
  const root: BlockNode<Content> = { ...outermost, left: sizeOf(outermost.block) };
  const nodes: BlockNode<Content>[] = [];
  for (const entry of entries.toSorted(outerFirst)) {
    const parent = innermost(nodes.at(-1) ?? root, entry.block);
    const size = sizeOf(entry.block);
    parent.left -= size;
    nodes.push({ ...entry, parent, left: size });
  }
  return [root, ...nodes];
}

/** The nearest of a node and those around it that holds a block. */
function innermost<Content>(node: BlockNode<Content>, block: AddressBlock): BlockNode<Content> {
  if (node.parent === undefined || holdsBlock(node.block, block)) return node;
  return innermost(node.parent, block);
}

function outerFirst(left: BlockEntry<unknown>, right: BlockEntry<unknown>): number {
  const byFirst = left.block.first - right.block.first;
  return byFirst === 0n ? left.block.prefixLength - right.block.prefixLength : Number(byFirst);
}
