import { distance, nearest } from "../../values/nearest.ts";

/** More edits than these make another word. */
const mostEdits = 2;

/** The known word that is certainly meant: it differs in one or two letters, or in case and separators only. */
export function misspelled(word: string, known: readonly string[]): string | undefined {
  const found = nearest(word, known);
  if (found === undefined) return undefined;
  if (plain(word) === plain(found)) return found;
  // Names that differ in their numbers are names of different things.
  if (word.replace(/\D/g, "") !== found.replace(/\D/g, "")) return undefined;
  return found.length > 2 * mostEdits && distance(word, found) <= mostEdits ? found : undefined;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, "");
}
