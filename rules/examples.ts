import { readFileSync } from "node:fs";
import path from "node:path";

const LANGUAGES = { tf: "hcl", yaml: "yaml", json: "json" } as const;

/** A whole, readable snippet that the rule reports, and the language that it is written in. */
export interface Example {
  readonly text: string;
  readonly language: (typeof LANGUAGES)[keyof typeof LANGUAGES];
  /** The name of its file, by whose ending readers know the language. */
  readonly file: string;
}

/**
 * The example of a rule: rules/examples/FAMILY/NAME.tf, or .yaml for Kubernetes objects, or .json where only a plan shows it.
 *
 * @throws Error where there is none
 */
export function exampleOf(id: string): Example {
  for (const [ending, language] of Object.entries(LANGUAGES)) {
    const file = `${id}.${ending}`;
    try {
      const text = readFileSync(path.join(import.meta.dirname, "examples", file), "utf8").trimEnd();
      return { text, language, file: path.basename(file) };
    } catch {
      // Another ending is tried.
    }
  }
  throw new Error(`there is no example of the rule ${id} in rules/examples`);
}
