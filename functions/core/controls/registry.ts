import { accessDocumentsAllow } from './access-documents-allow.ts';
import type { Control } from './control.ts';

/** Every control, by id. */
export const CONTROLS: readonly Control[] = [accessDocumentsAllow];
