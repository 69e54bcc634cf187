/**
 * What a declaration reads of a resource or of one of its blocks, whatever holds it: a block of the resource graph, or the
 * props of a construct. Paths are dotted; a step into a block that is written as a list takes its first element.
 */
export interface Attributes {
  /** The value at the path; undefined where it is absent or null. */
  get(path: string): unknown;
  /** The value where it is a known string, or a number or boolean, of which Terraform makes one. */
  string(path: string): string | undefined;
  /** The value where it is a known number, or a string that Terraform reads as one. */
  number(path: string): number | undefined;
  /** The value where it is a known boolean, or the string "true" or "false". */
  boolean(path: string): boolean | undefined;
  /** The blocks at the path, whether written as one object or as a list. */
  blocks(path: string): Attributes[];
  /** How many entries the list or repeated block at the path has; undefined where it is absent or that is not known. */
  entries(path: string): number | undefined;
  /** True where the value, or a step towards it, is known only after the apply. */
  isUnknown(path: string): boolean;
  /** True where it is unknown and may turn out to be null: a variable, unlike the id of a resource. */
  mayBeNull(path: string): boolean;
  /** The known pieces of a string, in order: one where all of it is known, none where nothing is. */
  pieces(path: string): readonly string[];
}

/** True where something is written at the path: known and not empty, or unknown. */
export function isSet(attributes: Attributes, path: string): boolean {
  const value = attributes.get(path);
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}
