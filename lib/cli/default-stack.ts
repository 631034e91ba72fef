/** The name under which the guardrail is deployed unless somebody chose another one. */
export const DEFAULT_STACK = 'LambdaVpcGuardrail';
