import {
  type AliasConfiguration,
  GetAlias$,
  type GetAliasRequest,
  ListAliases$,
  type ListAliasesRequest,
  type ListAliasesResponse,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { describeAlias, findAlias } from './alias-request.ts';
import { findFunction, type LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { pageOf } from './pages.ts';

/** GetAlias and ListAliases. */
export function readAliasOperations(context: LambdaContext): readonly Operation[] {
  return [getAlias(context), listAliases(context)];
}

function getAlias(context: LambdaContext): Operation {
  return operation<GetAliasRequest, AliasConfiguration>(GetAlias$, {
    needs: ({ FunctionName }) => [functionNeed(context, 'GetAlias', { FunctionName })],
    handle: ({ FunctionName, Name }) => {
      const stored = findFunction(context, FunctionName);
      return describeAlias(stored, findAlias(stored, Name));
    },
  });
}

/** How many aliases AWS gives on a page is not documented: as few as of versions. */
function listAliases(context: LambdaContext): Operation {
  return operation<ListAliasesRequest, ListAliasesResponse>(ListAliases$, {
    needs: ({ FunctionName }) => [functionNeed(context, 'ListAliases', { FunctionName })],
    handle: ({ FunctionName, FunctionVersion, Marker, MaxItems }) => {
      const stored = findFunction(context, FunctionName);
      const wanted = [...stored.aliases.values()].filter(
        ({ functionVersion }) =>
          FunctionVersion === undefined || functionVersion === FunctionVersion,
      );
      const { items, nextMarker } = pageOf(wanted, {
        keyOf: ({ name }) => name,
        marker: Marker,
        size: MaxItems,
        maxSize: 50,
      });
      return {
        Aliases: items.map((alias) => describeAlias(stored, alias)),
        ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
      };
    },
  });
}
