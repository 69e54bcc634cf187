/** Where a value comes from: attribute `attribute` of the resource at `address` (without instance key if not known). */
export interface Reference {
  readonly address: string;
  /**
   * Dotted, without indexes. Ends in `()` where a function or operator made another value of it: what
   * `trimsuffix(google_service_account.api.email, ".gserviceaccount.com")` gives is not an email. A plan does not show this.
   */
  readonly attribute: string;
}

/** A value that is known only after the apply, or that the evaluator does not support. */
export class Unknown {
  /** What the expression refers to; empty where nothing is known of it. */
  readonly references: readonly Reference[];
  /** For people: "known after apply", "variable db_tier has no default", "function templatefile is not evaluated". */
  readonly why: string;
  /**
   * Where it is a string of which some pieces are known ("serviceAccount:${google_service_account.api.email}"): its pieces
   * in order, known text and unknown values. Empty otherwise.
   */
  readonly parts: readonly (string | Unknown)[];

  constructor(references: readonly Reference[], why: string, parts: readonly (string | Unknown)[] = []) {
    this.references = references;
    this.why = why;
    this.parts = parts;
  }
}

export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | readonly Value[]
  | { readonly [key: string]: Value };

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}
