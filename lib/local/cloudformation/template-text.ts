import { isDeeperThan, isObject, type JsonObject } from './json-value.ts';
import { validationError } from './validation-error.ts';
import { readYamlTemplate } from './yaml-template.ts';

const MAX_DEPTH = 100;

/** Reads the text of a template, in JSON or in YAML with its short forms; throws AWS's `ValidationError`. */
export function readTemplateText(body: string): JsonObject {
  const value = body.trimStart().startsWith('{') ? readJson(body) : readYamlTemplate(body);
  if (isDeeperThan(value, MAX_DEPTH)) {
    throw validationError(`Template format error: nested deeper than ${MAX_DEPTH} levels`);
  }
  if (isObject(value)) return value;
  throw validationError('Template format error: unsupported structure.');
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const reason = String(cause).replaceAll(/\s+/g, ' ').slice(0, 120);
    throw validationError(`Template format error: JSON not well-formed. (${reason})`, { cause });
  }
}
