import {
  type Export,
  ListExports$,
  type ListExportsInput,
  type ListExportsOutput,
  ListImports$,
  type ListImportsInput,
  type ListImportsOutput,
} from '@aws-sdk/client-cloudformation';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { importersOf } from './exports.ts';
import { endOf, pageOf } from './pages.ts';
import type { Stacks } from './stack.ts';
import { stackArn } from './template-source.ts';
import { validationError } from './validation-error.ts';

/** ListExports and ListImports. */
export function exportOperations(stacks: Stacks): readonly Operation[] {
  const resource = stackArn(stacks.core, '*');
  return [
    operation<ListExportsInput, ListExportsOutput>(ListExports$, {
      needs: () => [{ action: 'cloudformation:ListExports', resource }],
      handle: ({ NextToken: token }) => {
        const { items, ...end } = pageOf(exportsOf(stacks), token);
        return { Exports: [...items], ...endOf(end) };
      },
    }),
    operation<Given<ListImportsInput, 'ExportName'>, ListImportsOutput>(ListImports$, {
      needs: () => [{ action: 'cloudformation:ListImports', resource }],
      handle: ({ ExportName: name, NextToken: token }) => {
        const importers = importersOf(stacks, name);
        if (importers.length === 0) {
          throw validationError(`Export '${name}' is not imported by any stack.`);
        }
        const { items, ...end } = pageOf(importers, token);
        return { Imports: [...items], ...endOf(end) };
      },
    }),
  ];
}

function exportsOf({ byId }: Stacks): readonly Export[] {
  return [...byId.values()].flatMap(({ id, outputs }) =>
    outputs.flatMap(({ exportName, value }) =>
      exportName === undefined ? [] : [{ ExportingStackId: id, Name: exportName, Value: value }],
    ),
  );
}
