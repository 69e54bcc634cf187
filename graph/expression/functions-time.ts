import { unevaluated, type Value } from "../value.ts";
import type { FunctionTable, TerraformFunction } from "./function.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
/** Milliseconds of the units of a duration of Go. */
const UNITS: { readonly [unit: string]: number } = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** A point in time of RFC 3339, with the offset of its zone in minutes. */
interface Timestamp {
  readonly milliseconds: number;
  readonly offset: number;
}

function timestampOf(value: Value | undefined): Timestamp | undefined {
  const [, sign, hours, minutes] =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(String(value)) ?? [];
  const milliseconds = Date.parse(String(value));
  if (typeof value !== "string" || Number.isNaN(milliseconds)) return undefined;
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return { milliseconds, offset: sign === "-" ? -offset : offset };
}

/** "1h30m" in milliseconds. https://pkg.go.dev/time#ParseDuration */
function durationOf(value: Value | undefined): number | undefined {
  const [, sign = "", text = ""] =
    /^([+-]?)((?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+)$/.exec(String(value)) ?? [];
  if (typeof value !== "string" || text === "") return undefined;
  const sum = [...text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (total, [, amount, unit = ""]) => total + Number(amount) * (UNITS[unit] ?? 0),
    0,
  );
  return sign === "-" ? -sum : sum;
}

/** The time as a clock in its zone shows it. */
function local({ milliseconds, offset }: Timestamp): Date {
  return new Date(milliseconds + offset * 60_000);
}

function zone(offset: number, separator: string): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${offset < 0 ? "-" : "+"}${twoDigits(hours)}${separator}${twoDigits(minutes)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

function written(time: Timestamp): string {
  const text = local(time)
    .toISOString()
    .replace(/\.000Z$|Z$/, "");
  return text + (time.offset === 0 ? "Z" : zone(time.offset, ":"));
}

/** https://developer.hashicorp.com/terraform/language/functions/formatdate */
function formatdate([spec, value]: readonly Value[]): Value | undefined {
  const time = timestampOf(value);
  if (time === undefined || typeof spec !== "string") return undefined;
  const pieces = spec.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  const texts = pieces.map((piece) => {
    if (piece.startsWith("'")) return piece.slice(1, -1).replaceAll("''", "'");
    return /^[A-Za-z]/.test(piece) ? dateField(piece, time) : piece;
  });
  return texts.includes(undefined) || pieces.join("") !== spec ? undefined : texts.join("");
}

function dateField(field: string, time: Timestamp): string | undefined {
  const at = local(time);
  const [month, day, hour] = [at.getUTCMonth(), at.getUTCDate(), at.getUTCHours()];
  const fields: { readonly [field: string]: string } = {
    YYYY: String(at.getUTCFullYear()).padStart(4, "0"),
    YY: twoDigits(at.getUTCFullYear() % 100),
    MMMM: MONTHS[month] ?? "",
    MMM: (MONTHS[month] ?? "").slice(0, 3),
    MM: twoDigits(month + 1),
    M: String(month + 1),
    DD: twoDigits(day),
    D: String(day),
    EEEE: DAYS[at.getUTCDay()] ?? "",
    EEE: (DAYS[at.getUTCDay()] ?? "").slice(0, 3),
    hh: twoDigits(hour),
    h: String(hour),
    HH: twoDigits(hour % 12 || 12),
    H: String(hour % 12 || 12),
    AA: hour < 12 ? "AM" : "PM",
    aa: hour < 12 ? "am" : "pm",
    mm: twoDigits(at.getUTCMinutes()),
    m: String(at.getUTCMinutes()),
    ss: twoDigits(at.getUTCSeconds()),
    s: String(at.getUTCSeconds()),
    ZZZZZ: zone(time.offset, ":"),
    ZZZZ: zone(time.offset, ""),
    ZZZ: time.offset === 0 ? "UTC" : zone(time.offset, ""),
    Z: time.offset === 0 ? "Z" : zone(time.offset, ":"),
  };
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/** Only known at the plan or the apply, or each time another. */
function notYet(name: string): TerraformFunction {
  return () => unevaluated(`${name}() gives another value each time`);
}

export const timeFunctions: FunctionTable = {
  strict: {
    formatdate,
    timeadd: ([value, by]) => {
      const [time, duration] = [timestampOf(value), durationOf(by)];
      if (time === undefined || duration === undefined) return undefined;
      return written({ ...time, milliseconds: time.milliseconds + duration });
    },
    timecmp: ([first, second]) => {
      const [a, b] = [timestampOf(first), timestampOf(second)];
      return a === undefined || b === undefined ? undefined : Math.sign(a.milliseconds - b.milliseconds);
    },
  },
  lenient: {
    bcrypt: notYet("bcrypt"),
    plantimestamp: notYet("plantimestamp"),
    timestamp: notYet("timestamp"),
    uuid: notYet("uuid"),
  },
};
