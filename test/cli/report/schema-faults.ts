import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const ROOT = join(import.meta.dirname, '../../..');
const SARIF = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';

const validators = new Map<string, ValidateFunction>();

/** What is wrong with a document, by the official schema of SARIF 2.1.0. */
export function faultsOfSarif(document: unknown): readonly string[] {
  return faultsOf(document, SARIF);
}

/** What is wrong with a document, by the schema of reports that is at the root of the repository. */
export function faultsOfReport(document: unknown): readonly string[] {
  return faultsOf(document, 'report.schema.json');
}

/** The members of a report that its schema does not describe: it lets them through. */
export function undescribedIn(document: unknown): readonly string[] {
  return faultsOf(document, 'report.schema.json', closed);
}

function faultsOf(
  document: unknown,
  file: string,
  change: (schema: AnySchemaObject) => AnySchemaObject = (schema) => schema,
): readonly string[] {
  const key = `${file} ${change.name}`;
  const validate = validators.get(key) ?? compile(file, change);
  validators.set(key, validate);
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${JSON.stringify(params)}`;
  });
}

function compile(
  file: string,
  change: (schema: AnySchemaObject) => AnySchemaObject,
): ValidateFunction {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  // Draft 4 says `id`; else it means what draft 7 means in all that the schema of SARIF uses.
  const isDraft4 = $schema === 'http://json-schema.org/draft-04/schema#';
  const ajv = new Ajv({ allErrors: true, strict: !isDraft4, unicodeRegExp: !isDraft4 });
  addFormats.default(ajv);
  return ajv.compile(change(schema));
}

/** A schema that lets no other member through. */
function closed(schema: AnySchemaObject): AnySchemaObject {
  const { properties, items, ...rest } = schema;
  return {
    ...rest,
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, held]) => [key, closed(held as AnySchemaObject)]),
          ),
          additionalProperties: false,
        }),
  };
}
