import { z } from "zod";
import { nearest } from "../../values/nearest.ts";
import { parseRange } from "../../values/ranges.ts";
import { type Issue, show } from "../issue.ts";
import type { Cidr, Mebibytes, MegabitsPerSecond, Seconds } from "../units.ts";

/** An issue without its path, carried through zod as the parameters of a custom issue. */
export interface LeafIssue extends Pick<Issue, "value" | "allowed" | "fix"> {
  /** True where a placeholder replaces the value so that the remaining checks can run: they must not check it. */
  readonly unusable?: boolean;
}

/** What a leaf takes, as a form would offer it. */
export type LeafControl =
  | { readonly kind: "number"; readonly from: number; readonly to: number; readonly unit: string }
  /** A number that need not be whole. */
  | { readonly kind: "fraction"; readonly from: number; readonly to: number; readonly unit: string }
  /** Words, which have no unit, or numbers. */
  | { readonly kind: "choice"; readonly values: readonly (string | number)[]; readonly unit: string }
  | { readonly kind: "flag" }
  /** An IPv4 range in CIDR form. */
  | { readonly kind: "range" }
  /** A text that states a size: db-custom-4-15360. */
  | { readonly kind: "size" };

/** The controls of all leaves that have one; names, ports, images and other free text have none. */
export const leafControls = z.registry<LeafControl>();

interface LeafOptions<T> {
  /** Undefined where the value is valid; a value of the right type outside its bounds stays usable. */
  readonly check: (value: unknown) => { readonly fix: string; readonly usable: boolean } | undefined;
  readonly allowed: string;
  /** Replaces an unusable value while the rest of the environment is checked. */
  readonly placeholder: T;
  readonly control?: LeafControl | undefined;
}

/**
 * One value of an environment. An invalid value does not stop the parse, so that every issue of a file, those
 * of the cross-checks included, comes in one report.
 */
export function leaf<T>(options: LeafOptions<T>): z.ZodType<T, T> {
  const schema = z.unknown().check((context) => {
    const invalid = options.check(context.value);
    if (invalid === undefined) return;
    const params = {
      value: show(context.value),
      allowed: options.allowed,
      fix: invalid.fix,
      unusable: !invalid.usable,
    } satisfies LeafIssue;
    context.issues.push({ code: "custom", input: context.value, params, continue: true });
    if (!invalid.usable) context.value = options.placeholder;
  });
  const typed = schema as unknown as z.ZodType<T, T>;
  if (options.control !== undefined) leafControls.add(typed, options.control);
  return typed;
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  /** Where the bounds come from, in a few words. */
  readonly because?: string;
  /** @default "write a value within the bounds", or the example */
  readonly fix?: string;
  /** As an environment file writes one: "days(7)". @default the lowest */
  readonly example?: string;
}

interface MeasuredBounds extends Bounds {
  /** What is measured, as it is written after the number: "instances". */
  readonly unit: string;
}

/** Of a number that names something, as a port, an hour or a version does, and is no size. */
interface NameBounds extends Bounds {
  readonly isName: true;
}

/** Units that an environment file writes with a function. */
const UNIT_NAMES: Readonly<Record<string, string>> = {
  s: " of seconds",
  MiB: " of mebibytes",
  "Mbit/s": " of megabits per second",
};

function withinBounds({ from, to, example }: Bounds): string {
  return example === undefined ? `write a value from ${from} to ${to}` : `write for example ${example}`;
}

function wholeNumber<T extends number>(
  unit: string | undefined,
  example: string,
  bounds: Bounds,
): z.ZodType<T, T> {
  const reason = bounds.because === undefined ? "" : ` (${bounds.because})`;
  return leaf<T>({
    allowed: `allowed is a whole number${UNIT_NAMES[unit ?? ""] ?? ""} from ${bounds.from} to ${bounds.to}${reason}`,
    placeholder: bounds.from as T,
    control: unit === undefined ? undefined : { kind: "number", from: bounds.from, to: bounds.to, unit },
    check: (value) => {
      if (typeof value !== "number" || !Number.isInteger(value)) {
        return {
          fix: `write a number without quotes, for example ${bounds.example ?? example}`,
          usable: false,
        };
      }
      if (value < bounds.from || value > bounds.to) {
        // Sums with a number beyond those that are exact would be Infinity.
        const usable = Number.isSafeInteger(value);
        return { fix: bounds.fix ?? withinBounds(bounds), usable };
      }
      return undefined;
    },
  });
}

export const count = (bounds: MeasuredBounds | NameBounds): z.ZodType<number, number> =>
  wholeNumber<number>("unit" in bounds ? bounds.unit : undefined, String(bounds.from), bounds);
export const duration = (bounds: Bounds): z.ZodType<Seconds, Seconds> =>
  wholeNumber<Seconds>("s", `seconds(${bounds.from})`, bounds);
export const memory = (bounds: Bounds): z.ZodType<Mebibytes, Mebibytes> =>
  wholeNumber<Mebibytes>("MiB", "gibibytes(1)", bounds);
export const throughput = (bounds: Bounds): z.ZodType<MegabitsPerSecond, MegabitsPerSecond> =>
  wholeNumber<MegabitsPerSecond>("Mbit/s", "megabitsPerSecond(10)", bounds);

/** A number that need not be whole, for example an availability of 0.999. */
export const fraction = (bounds: MeasuredBounds): z.ZodType<number, number> =>
  leaf<number>({
    allowed: `allowed is a number from ${bounds.from} to ${bounds.to}`,
    placeholder: bounds.from,
    control: { kind: "fraction", from: bounds.from, to: bounds.to, unit: bounds.unit },
    check: (value) => {
      if (typeof value !== "number" || Number.isNaN(value))
        return { fix: "write a number without quotes", usable: false };
      if (value < bounds.from || value > bounds.to) {
        return { fix: bounds.fix ?? `write a value from ${bounds.from} to ${bounds.to}`, usable: true };
      }
      return undefined;
    },
  });

export const flag = (): z.ZodType<boolean, boolean> =>
  leaf<boolean>({
    allowed: "allowed is true or false",
    placeholder: false,
    control: { kind: "flag" },
    check: (value) =>
      typeof value === "boolean" ? undefined : { fix: "write true or false without quotes", usable: false },
  });

/**
 * One of a few words or numbers; the nearest one is suggested.
 *
 * @param unit of numbers, as it is written after them: "vCPU"
 */
export const choice = <const T extends string | number>(
  values: readonly T[],
  because?: string,
  unit = "",
): z.ZodType<T, T> =>
  leaf<T>({
    allowed: `allowed is one of ${values.map((value) => JSON.stringify(value)).join(", ")}${because ? ` (${because})` : ""}`,
    placeholder: values[0] as T,
    control: { kind: "choice", values, unit },
    check: (value) =>
      values.some((allowed) => allowed === value)
        ? undefined
        : { fix: nearestFix(show(value), values.map(String)), usable: false },
  });

/** The choices are in the sentence already. */
function nearestFix(wrong: string, values: readonly string[]): string {
  const close = nearest(wrong, values);
  return close === undefined ? "write one of them" : `did you mean "${close}"?`;
}

interface TextOptions {
  readonly pattern: RegExp;
  readonly allowed: string;
  readonly fix: string;
  readonly placeholder?: string;
  /** True where the text states a size. @default false */
  readonly isSize?: boolean;
}

export const text = (options: TextOptions): z.ZodType<string, string> =>
  leaf<string>({
    allowed: `allowed is ${options.allowed}`,
    placeholder: options.placeholder ?? "placeholder",
    control: options.isSize ? { kind: "size" } : undefined,
    check: (value) => {
      if (typeof value === "string" && options.pattern.test(value))
        return isTemplate(value) ? TEMPLATE : undefined;
      return { fix: options.fix, usable: typeof value === "string" };
    },
  });

/** Terraform would evaluate these markers instead of passing them on. */
function isTemplate(value: string): boolean {
  return /[$%]\{/.test(value);
}

const TEMPLATE = { fix: "write it without ${ and %{, which Terraform evaluates", usable: true };

/** An IPv4 range in CIDR form without host bits; size bounds are prefix lengths (28 is smaller than 24). */
export const range = (size: {
  smallest: number;
  largest: number;
  because: string;
}): z.ZodType<Cidr, Cidr> => {
  const sizes =
    size.smallest === size.largest
      ? `exactly /${size.largest}`
      : `from /${size.largest} to /${size.smallest}`;
  return leaf<Cidr>({
    allowed: `allowed is an IPv4 range, ${sizes} (${size.because})`,
    placeholder: "192.0.2.0/28" as Cidr,
    control: { kind: "range" },
    check: (value) => {
      const parsed = parseRange(value);
      if (parsed === undefined) {
        const ipv6 = typeof value === "string" && value.includes(":");
        return {
          fix: ipv6
            ? "write an IPv4 range: connectors, Cloud SQL and Redis have no IPv6"
            : `write cidr("10.1.0.0/${size.smallest}") with your own range`,
          usable: false,
        };
      }
      if (parsed.hostBits)
        return { fix: `write the first address of the range: ${parsed.network}`, usable: true };
      if (parsed.prefix > size.smallest || parsed.prefix < size.largest) {
        return { fix: `choose a range ${size.smallest === size.largest ? "of " : ""}${sizes}`, usable: true };
      }
      return undefined;
    },
  });
};

interface TextsOptions {
  /** What the texts are, for messages: "labels". */
  readonly what: string;
  readonly key?: RegExp;
  readonly value?: RegExp;
  /** @default 0 */
  readonly least?: number;
  readonly most?: number;
  readonly fix: string;
}

/** Texts by name, for example labels or variables. */
export const texts = (options: TextsOptions): z.ZodType<Record<string, string>, Record<string, string>> =>
  leaf<Record<string, string>>({
    allowed: `allowed are ${options.what}`,
    placeholder: {},
    check: (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        return { fix: options.fix, usable: false };
      const entries = Object.entries(value);
      if (!entries.every(([, item]) => typeof item === "string")) return { fix: options.fix, usable: false };
      if (entries.some(([key, item]) => isTemplate(key) || isTemplate(String(item)))) return TEMPLATE;
      const fits = entries.every(
        ([key, item]) => (options.key ?? /^/).test(key) && (options.value ?? /^/).test(String(item)),
      );
      return fits &&
        entries.length >= (options.least ?? 0) &&
        entries.length <= (options.most ?? entries.length)
        ? undefined
        : { fix: options.fix, usable: true };
    },
  });
