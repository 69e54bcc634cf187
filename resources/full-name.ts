import { form } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

/** What stands in an example for the words in capitals. */
const EXAMPLES: Readonly<Record<string, string>> = {
  PROJECT: "acme-orders",
  LOCATION: "europe-west1",
  NAME: "main",
  VERSION: "1",
};

/**
 * A field that takes the full name of another resource, such as the id of one has, and no short name. The template has
 * words in capitals for what differs: "projects/PROJECT/topics/NAME".
 */
export function fullNameForm(
  attribute: string,
  template: string,
  options: { readonly within?: string; readonly source?: string; readonly fix?: string } = {},
) {
  // In front of it a self link has the address of its API.
  const pattern = new RegExp(`^(?:(?:https:)?//[^/]+/(?:[^/]+/)*)?${template.replace(/[A-Z]+/g, "[^/]+")}$`);
  return form(attribute, pattern, {
    ...options,
    form: template,
    examples: [template.replace(/[A-Z]+/g, (word) => EXAMPLES[word] ?? word)],
  });
}

/** Fields of one type that take full names. */
export function fullNames(
  source: string,
  constraints: readonly ReturnType<typeof fullNameForm>[],
): FieldRule {
  return {
    id: "reachability/full-name",
    why: "Some fields take the full name of another resource only, its id; the API rejects a short name there, and the provider passes it on.",
    source,
    constraints,
  };
}
