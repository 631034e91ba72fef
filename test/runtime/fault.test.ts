import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { describeFault, malformedPayload, withoutTrace } from '../../functions/runtime/fault.ts';

describe('describeFault', () => {
  it('says code and message of an error that was thrown on purpose, without a trace', () => {
    const error = new GuardrailError('could not read', { code: 'OBSERVATION_FAILED' });

    expect(describeFault(error)).toEqual({ code: 'OBSERVATION_FAILED', fault: 'could not read' });
  });

  it('brings the trace of an error that nobody expected', () => {
    expect(describeFault(new TypeError('x is undefined'))).toEqual({
      code: 'UNEXPECTED',
      fault: 'TypeError: x is undefined',
      trace: expect.stringContaining('fault.test.ts'),
    });
  });

  it('hides what looks like a secret, also in the trace', () => {
    const fault = describeFault(new TypeError('no such token: hunter2'));

    expect(fault).toMatchObject({ fault: 'TypeError: no such token: …' });
    expect(JSON.stringify(fault)).not.toContain('hunter2');
    expect(describeFault(withoutTrace(new TypeError('x')))).toMatchObject({ trace: '' });
  });

  it('says so when no error object was thrown', () => {
    expect(describeFault(Object.create(null))).toMatchObject({ code: 'UNEXPECTED' });
  });
});

describe('malformedPayload', () => {
  it('names every fault', () => {
    expect(malformedPayload(['one', 'two'])).toMatchObject({
      code: 'INPUT_MALFORMED',
      message: 'payload is malformed: one; two',
    });
  });
});

describe('withoutTrace', () => {
  it('empties the trace of an error and leaves everything else', () => {
    const error = new TypeError('x');

    expect(withoutTrace(error)).toBe(error);
    expect(error).toMatchObject({ name: 'TypeError', message: 'x', stack: '' });
    expect(withoutTrace('text')).toBe('text');
  });
});
