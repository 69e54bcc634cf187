import { isUnknown, type Value } from "../../graph/index.ts";

/** What is certain of a text, although some of it may be known only after the apply. */
export interface KnownPieces {
  /** The known pieces in order; empty where nothing is known, or where it is an empty text. */
  readonly pieces: readonly string[];
  /** Characters that it has at least. */
  readonly length: number;
}

export function knownPieces(value: Value | undefined): KnownPieces {
  const parts = isUnknown(value) ? value.parts : typeof value === "string" ? [value] : [];
  const pieces = parts.filter((part) => typeof part === "string" && part !== "") as string[];
  return { pieces, length: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}
