/** Versions of a provider: what a constraint of Terraform allows, and whether a fact holds in all, some or none of them. */

/** Major, minor and patch. A prerelease counts as the release that it precedes. */
type Version = readonly [major: number, minor: number, patch: number];

/** From `from` on, up to and without `to`; no upper bound where `to` is undefined. */
interface Interval {
  readonly from: Version;
  readonly to: Version | undefined;
}

/**
 * The newest release of hashicorp/google and hashicorp/google-beta that the facts of this project were taken from.
 * What says no version is checked against it, as `terraform init` would install it.
 */
export const NEWEST_PROVIDER = "8.0.0";

/** The release that the classes of @cdktf/provider-google are made from: their last, as CDKTF is archived. */
export const BINDINGS_PROVIDER = "6.50.0";

/** The last release of each major version that the stacks can be deployed with, by its number. */
export const LAST_RELEASES: ReadonlyMap<string, string> = new Map([
  ["6", BINDINGS_PROVIDER],
  ["7", "7.45.0"],
  ["8", NEWEST_PROVIDER],
]);

/** When a fact holds: from version `since` on, up to and without version `until`; always where neither is given. */
export interface Validity {
  readonly since?: string;
  readonly until?: string;
}

/** A set of versions, as intervals in ascending order. */
export class VersionRange {
  static readonly any = new VersionRange([{ from: [0, 0, 0], to: undefined }]);

  /** Facts share few pairs of `since` and `until`, and are asked for by the thousand. */
  static readonly #byValidity = new Map<string, VersionRange>();
  /** Inputs name few versions, and each range keeps its intersections with others. */
  static readonly #byVersion = new Map<string, VersionRange>();
  static readonly #byConstraint = new Map<string, VersionRange | undefined>();

  readonly #intervals: readonly Interval[];
  readonly #intersections = new Map<VersionRange, VersionRange>();

  private constructor(intervals: readonly Interval[]) {
    this.#intervals = intervals;
  }

  /** One version. @throws RangeError where the text is no version */
  static exactly(version: string): VersionRange {
    const known = VersionRange.#byVersion.get(version);
    if (known !== undefined) return known;
    const from = parsed(version);
    const range = new VersionRange([{ from, to: next(from) }]);
    VersionRange.#byVersion.set(version, range);
    return range;
  }

  /** The versions in which a fact holds. @throws RangeError where `since` or `until` is no version */
  static of({ since, until }: Validity): VersionRange {
    const key = `${since} ${until}`;
    const known = VersionRange.#byValidity.get(key);
    if (known !== undefined) return known;
    const from: Version = since === undefined ? [0, 0, 0] : parsed(since);
    const range = new VersionRange([{ from, to: until === undefined ? undefined : parsed(until) }]);
    VersionRange.#byValidity.set(key, range);
    return range;
  }

  /**
   * The versions that a constraint of `required_providers` allows (">= 5.0, != 6.1.0, < 7", "~> 6.4", "6.50.0"), read as
   * Terraform reads it: `~> 6` and `~> 6.4` stay below 7.0.0, `~> 6.4.1` stays below 6.5.0. Undefined where it is none.
   * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
   */
  static fromConstraint(constraint: string): VersionRange | undefined {
    if (!VersionRange.#byConstraint.has(constraint))
      VersionRange.#byConstraint.set(constraint, VersionRange.#readConstraint(constraint));
    return VersionRange.#byConstraint.get(constraint);
  }

  static #readConstraint(constraint: string): VersionRange | undefined {
    let range = VersionRange.any;
    if (constraint.trim() === "") return range;
    for (const part of constraint.split(",")) {
      const allowed = allowedBy(part);
      if (allowed === undefined) return undefined;
      range = range.intersection(new VersionRange(allowed));
    }
    return range;
  }

  get isEmpty(): boolean {
    return this.#intervals.length === 0;
  }

  allows(version: string): boolean {
    return !this.intersection(VersionRange.exactly(version)).isEmpty;
  }

  intersection(other: VersionRange): VersionRange {
    const known = this.#intersections.get(other);
    if (known !== undefined) return known;
    const common = this.#intervals.flatMap((a) => other.#intervals.map((b) => overlap(a, b)));
    const range = new VersionRange(common.filter((interval) => interval !== undefined));
    this.#intersections.set(other, range);
    return range;
  }

  equals(other: VersionRange): boolean {
    return this === other || this.toString() === other.toString();
  }

  /** Whether the other set has every version of this one. */
  isWithin(other: VersionRange): boolean {
    return this.intersection(other).equals(this);
  }

  /** For people: "6.50.0", "from 5.0.0 on", "before 7.0.0", "from 5.0.0 until 7.0.0"; several joined by "or". */
  toString(): string {
    return this.#intervals.length === 0 ? "no version" : this.#intervals.map(described).join(" or ");
  }
}

/** Whether a fact holds in all of the versions, in some or in none. */
export function applies(fact: Validity, versions: VersionRange): "all" | "some" | "none" {
  const holds = versions.intersection(VersionRange.of(fact));
  if (holds.isEmpty) return "none";
  return holds.equals(versions) ? "all" : "some";
}

/** When a fact holds, for people: "from 6.0.0 on", "before 8.0.0"; "in every version" where it always does. */
export function describeValidity(fact: Validity): string {
  return fact.since === undefined && fact.until === undefined
    ? "in every version"
    : VersionRange.of(fact).toString();
}

function parsed(version: string): Version {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+][\w.+-]+)?$/.exec(version.trim());
  if (match === null) throw new RangeError(`"${version}" is not a version like 6.50.0`);
  return [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

function next([major, minor, patch]: Version): Version {
  return [major, minor, patch + 1];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** One condition of a constraint. Terraform takes one space after the operator, and blanks of ASCII alone around it all. */
function allowedBy(part: string): Interval[] | undefined {
  const [, operator = "", version = ""] =
    /^[\t\n\f\r ]*(~>|[<>!]=|[<>=]|) ?(\d+(?:\.\d+){0,2}(?:[-+][\w.+-]+)?)[\t\n\f\r ]*$/.exec(part) ?? [];
  if (version === "") return undefined;
  const at = parsed(version);
  const below = (to: Version): Interval[] => (compare(to, [0, 0, 0]) > 0 ? [{ from: [0, 0, 0], to }] : []);
  switch (operator) {
    case "!=":
      return [...below(at), { from: next(at), to: undefined }];
    case ">":
      return [{ from: next(at), to: undefined }];
    case ">=":
      return [{ from: at, to: undefined }];
    case "<":
      return below(at);
    case "<=":
      return below(next(at));
    case "~>": {
      const [major, minor] = at;
      const isPatchOnly = /^\d+\.\d+\.\d+/.test(version);
      return [{ from: at, to: isPatchOnly ? [major, minor + 1, 0] : [major + 1, 0, 0] }];
    }
    default:
      return [{ from: at, to: next(at) }];
  }
}

function overlap(a: Interval, b: Interval): Interval | undefined {
  const from = compare(a.from, b.from) > 0 ? a.from : b.from;
  const to = a.to === undefined || (b.to !== undefined && compare(b.to, a.to) < 0) ? b.to : a.to;
  return to === undefined || compare(from, to) < 0 ? { from, to } : undefined;
}

function described({ from, to }: Interval): string {
  const isFirst = compare(from, [0, 0, 0]) === 0;
  if (to === undefined) return isFirst ? "every version" : `from ${from.join(".")} on`;
  if (compare(next(from), to) === 0) return from.join(".");
  return isFirst ? `before ${to.join(".")}` : `from ${from.join(".")} until ${to.join(".")}`;
}
