import type { z } from 'zod';
import type { Control } from '../../functions/core/controls/control.ts';
import {
  type ControlParameters,
  type ControlSettings,
  SEVERITIES,
  type WantedRemediation,
} from '../../functions/core/policy.ts';
import { CONTROL_PARAMETERS } from './control-parameters.ts';
import { mapping, oneOf, trueOrFalse } from './schema-parts.ts';

/** What a policy may say of one control; what it leaves out gets the control's defaults. */
export function createControlSchema(control: Control) {
  const { id, title, defaults } = control;
  const wish = createWish(control);
  const shape = {
    enabled: trueOrFalse
      .default(defaults.enabled)
      .meta({ description: 'whether the control is judged' }),
    severity: oneOf(SEVERITIES)
      .default(defaults.severity)
      .meta({ description: 'how much a violation matters' }),
    onCreate: wish
      .default(defaults.onCreate)
      .meta({ description: 'what to do about a function that was created so' }),
    onChange: wish
      .default(defaults.onChange)
      .meta({ description: 'what to do about a function whose attachment was changed' }),
    onFound: wish
      .default(defaults.onFound)
      .meta({ description: 'what to do about a function that was found so' }),
    ...(mayRevert(control) ? { contain: CONTAIN } : {}),
    ...parametersOf(id, defaults.parameters),
  };
  return mapping(shape, 'settings such as `severity: high`')
    .transform((settings): ControlSettings => {
      const { enabled, severity, onCreate, onChange, onFound, contain, ...parameters } = settings;
      const isContained =
        contain === undefined ? severity === 'critical' && mayRevert(control) : contain === true;
      return { enabled, severity, onCreate, onChange, onFound, contain: isContained, parameters };
    })
    .prefault({})
    .meta({ description: title });
}

const CONTAIN = trueOrFalse.optional().meta({
  description: 'quarantine while a revert has to wait; by default where the severity is `critical`',
});

function mayRevert({ wishes }: Control): boolean {
  return wishes.includes('revert');
}

function createWish(control: Control): z.ZodType<WantedRemediation> {
  const { id, wishes } = control;
  if (mayRevert(control)) return oneOf(wishes);
  const reason = wishes.length === 1 ? `${id} only reports` : `no attachment satisfies ${id}`;
  return oneOf(wishes, reason);
}

function parametersOf(id: string, defaults: ControlParameters): Record<string, z.ZodType> {
  const shape = Object.entries(CONTROL_PARAMETERS[id] ?? {});
  return Object.fromEntries(shape.map(([key, type]) => [key, type.default(defaults[key])]));
}
