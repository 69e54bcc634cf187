import { form } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

/** 1 to `longest` lower-case letters, digits and hyphens, a letter first and no hyphen last: what most names are. */
export function lowerCaseName(
  source: string,
  {
    attribute = "name",
    longest = 63,
    within,
  }: { attribute?: string; longest?: number; within?: string } = {},
): FieldRule {
  return nameForm(new RegExp(`^[a-z](?:[a-z0-9-]{0,${longest - 2}}[a-z0-9])?$`), {
    source,
    attribute,
    words: `1 to ${longest} lower-case letters, digits and hyphens, a letter first and no hyphen last`,
    ...(within === undefined ? {} : { within }),
  });
}

/** A name of a form that only the API checks. */
export function nameForm(
  pattern: RegExp,
  options: {
    readonly source: string;
    readonly words: string;
    /** @default "name" */
    readonly attribute?: string;
    readonly within?: string;
    /** @default "orders-daily" */
    readonly example?: string;
  },
): FieldRule {
  const { source, words, attribute = "name", within, example = "orders-daily" } = options;
  return {
    id: "service/resource-name",
    why: "The API rejects names that are not of its form, and the provider passes on any text.",
    source,
    constraints: [
      form(attribute, pattern, {
        ...(within === undefined ? {} : { within }),
        form: words,
        examples: [example],
      }),
    ],
  };
}
