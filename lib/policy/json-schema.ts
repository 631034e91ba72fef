import { z } from 'zod';
import { policySchema } from './policy-schema.ts';

/** Where the schema is kept, relative to the repository. */
export const SCHEMA_FILE = 'guardrail.schema.json';

/** The JSON Schema of `guardrail.yaml`, for editors; draft 7, which all of them know. */
export function toJsonSchema() {
  const named = policySchema.meta({
    title: 'guardrail.yaml',
    description: 'What the Lambda VPC Guardrail wants of the functions of an account and region.',
  });
  return z.toJSONSchema(named, { io: 'input', target: 'draft-7' });
}
