import { z } from 'zod';

/** A text. */
export const text = (description: string) => z.string().meta({ description });

/** A point of time. */
export const time = (description: string) =>
  z.string().meta({ description: `${description}, ISO 8601`, format: 'date-time' });

/** A day. */
export const day = (description: string) =>
  z.string().meta({ description: `${description}, such as \`2027-03-31\``, format: 'date' });

/** How many there are. */
export const count = (description: string) => z.int().min(0).meta({ description });

/** A list of texts. */
export const texts = (description: string) => z.array(z.string()).meta({ description });

/** A claim that is true or false. */
export const claim = (description: string) => z.boolean().meta({ description });

/** One of some words, and no others. */
export const word = <const Words extends readonly string[]>(words: Words, description: string) =>
  z.enum(words).meta({ description });

/** A list. */
export const list = <Schema extends z.ZodType>(item: Schema, description: string) =>
  z.array(item).meta({ description });
