import { suggestion } from "../../values/nearest.ts";
import type { Issue, Path } from "../issue.ts";

/** A list of an environment whose entries others name. */
interface Declared {
  /** "topic", what an entry is called. */
  readonly noun: string;
  /** "topics", where the entries are; the environment may leave it out. */
  readonly section: string;
  readonly names: readonly string[];
}

/** The issue of a name that the list does not have; nothing where it has it. */
export function undeclared({ noun, section, names }: Declared, name: string, path: Path): Issue[] {
  if (names.includes(name)) return [];
  return [
    {
      path,
      value: `"${name}"`,
      allowed: `no ${noun} of this name is declared`,
      fix:
        names.length === 0
          ? `add ${section}: [{ name: "${name}" }] to the environment, or remove it here`
          : nearestOrNew(name, names, section),
      uses: [[section]],
    },
  ];
}

/** What to write for a name that a list does not have: the nearest of its names, or an entry. */
export function nearestOrNew(name: string, names: readonly string[], section: string): string {
  const nearest = suggestion(name, names);
  return `${nearest}${nearest.endsWith("?") ? "" : "."} Otherwise add { name: "${name}" } to ${section}`;
}
