/** Where a value comes from: attribute `attribute` of the resource at `address` (without instance key if not known). */
export interface Reference {
  readonly address: string;
  /**
   * Dotted, without indexes. Ends in `()` where a function or operator made another value of it: what
   * `trimsuffix(google_service_account.api.email, ".gserviceaccount.com")` gives is not an email. A plan does not show this.
   */
  readonly attribute: string;
}

/**
 * Why a value is not known, the weightiest last: the apply decides; it is defined outside of what was read (a data source,
 * a module, another file); a variable has no value; the reader could not evaluate the expression.
 */
export const causes = ["apply", "outside", "variable", "evaluation"] as const;

export type Cause = (typeof causes)[number];

/** A value that is known only after the apply, or that the evaluator does not support. */
export class Unknown {
  /** What the expression refers to; empty where nothing is known of it. */
  readonly references: readonly Reference[];
  /** For people: "known after apply", "variable db_tier has no value", "function templatefile is not evaluated". */
  readonly why: string;
  /**
   * Where it is a string of which some pieces are known ("serviceAccount:${google_service_account.api.email}"): its pieces
   * in order, known text and unknown values. Empty otherwise.
   */
  readonly parts: readonly (string | Unknown)[];
  readonly cause: Cause;

  constructor(
    references: readonly Reference[],
    why: string,
    parts: readonly (string | Unknown)[] = [],
    cause: Cause = "apply",
  ) {
    this.references = references;
    this.why = why;
    this.parts = parts;
    this.cause = cause;
  }
}

/** A value that Terraform knows at plan and the reader does not. */
export function unevaluated(why: string, references: readonly Reference[] = []): Unknown {
  return new Unknown(references, why, [], "evaluation");
}

/** Of several unknown values, the one whose cause says most; undefined where there is none. */
export function weightiest(unknowns: readonly Unknown[]): Unknown | undefined {
  return unknowns.reduce<Unknown | undefined>(
    (most, each) =>
      most === undefined || causes.indexOf(each.cause) > causes.indexOf(most.cause) ? each : most,
    undefined,
  );
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
