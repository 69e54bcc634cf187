import type { Attributes } from "./attributes.ts";

const SWITCHES = [
  "deletion_protection",
  "deletion_protection_enabled",
  "settings.deletion_protection_enabled",
  "enable_drop_protection",
];

/** Attributes that are not a switch, with the value that protects. */
const WORDS: Readonly<Record<string, string>> = {
  deletion_policy: "PREVENT",
  delete_protection_state: "DELETE_PROTECTION_ENABLED",
};

/**
 * The attribute with its value by which a provider or an API refuses to delete a resource, as long as the state says so
 * ("deletion_protection is true"); undefined where nothing does.
 */
export function protectionOf(state: Attributes): string | undefined {
  const on = SWITCHES.find((path) => state.boolean(path) === true);
  if (on !== undefined) return `${on} is true`;
  const [path, word] = Object.entries(WORDS).find(([path, word]) => state.string(path) === word) ?? [];
  return path === undefined ? undefined : `${path} is ${word}`;
}
