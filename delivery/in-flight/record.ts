import { z } from "zod";

/** Addresses in a record; a stack of more has the number of the others. */
const MAX_ADDRESSES = 2_000;
/** Characters of one; a key of for_each is part of it. */
const MAX_ADDRESS = 1_000;

/** Printed, and compared with those of a plan: nothing in it steers a terminal. */
const address = z
  .string()
  .regex(new RegExp(`^[^\\p{C}\\p{Z}]([^\\p{C}]{0,${MAX_ADDRESS - 1}})$`, "u"), "is no address");
const addresses = z.array(address).max(MAX_ADDRESSES).readonly();

const inFlightRecord = z.strictObject({
  version: z.literal(1),
  stack: z.string(),
  /** The run that wrote it: "github-run-17-3f9a". */
  by: z.string().regex(/^[\w.:-]{1,200}$/),
  /** When its apply began, and when this was written; by the clock of that machine. */
  started: z.iso.datetime(),
  written: z.iso.datetime(),
  /** What Terraform had begun to create. */
  begun: addresses,
  /** What it was to create, and had not begun when this was written. */
  waiting: addresses,
  /** How many more there are. */
  unnamed: z.int().min(0),
});

/** What an apply of a stack creates, until its outcome is in the state: addresses, and no values of resources. */
export type InFlightRecord = Readonly<z.output<typeof inFlightRecord>>;

/** The addresses of a record, as many as it holds. */
export type Creations = Pick<InFlightRecord, "begun" | "waiting" | "unnamed">;

export const NOTHING: Creations = { begun: [], waiting: [], unnamed: 0 };

/** How many creations a record is about. */
export const sizeOf = ({ begun, waiting, unnamed }: Creations): number =>
  begun.length + waiting.length + unnamed;

/** @returns "damaged" where it is no record of this stack: whoever may write the bucket, or the folder, has written it */
export function parseInFlight(text: string, stack: string): InFlightRecord | "damaged" {
  const { data } = inFlightRecord.safeParse(parsed(text));
  return data?.stack === stack ? data : "damaged";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Within the bounds of a record; what has begun counts more than what waits. */
export function bounded(begun: Iterable<string>, waiting: Iterable<string>): Creations {
  const fit = (all: Iterable<string>): string[] => [...all].filter((one) => address.safeParse(one).success);
  const [first, second] = [fit(begun), fit(waiting)];
  const named = { begun: first.slice(0, MAX_ADDRESSES), waiting: second.slice(0, MAX_ADDRESSES) };
  const all = [...begun].length + [...waiting].length;
  return { ...named, unnamed: all - named.begun.length - named.waiting.length };
}
