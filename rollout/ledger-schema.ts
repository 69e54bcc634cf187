import { z } from "zod";
import { revisionName } from "../platform/schema/revision.ts";
import { printableLines } from "../reporting/escape.ts";
import type {
  Intent,
  Lease,
  Ledger,
  RecordedVerdict,
  Rollout,
  ServiceRollout,
  Split,
  Stop,
} from "./ledger.ts";

/** Year 2100 in milliseconds: every date of JavaScript can be made of what is smaller. */
const LATEST_INSTANT = 4_102_444_800_000;
/** More services than an environment has. */
const MAX_SERVICES = 200;
/** More entries than a rollout writes: each step repeats a verdict at every resume. */
const MAX_ENTRIES = 10_000;
/** Characters of a reason; Google's own messages are cut at 300, and a refusal lists one for each service. */
const MAX_TEXT = 20_000;

const instant = z.int().min(0).max(LATEST_INSTANT);
const percent = z.int().min(0).max(100);
/** An id, a holder, a hash: printed, and compared. */
const token = z.string().regex(/^[\w.:-]{1,200}$/, "is no id of 1 to 200 letters, digits, ., :, _ and -");
/** Empty where Cloud Run names none; a tag in place of a digest where the revision was adopted. */
const image = z
  .string()
  .max(1000)
  .regex(/^([\w][\w./:@+-]*)?$/, "is no reference of an image");
const service = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, "is no name of a service");
/** Somebody else's words: they must not steer the terminal or log that they are printed to. */
const text = z.string().max(MAX_TEXT).transform(printableLines);
const byService = <T>(value: z.ZodType<T>) =>
  z
    .record(service, value)
    .refine((all) => Object.keys(all).length <= MAX_SERVICES, `has more than ${MAX_SERVICES} services`);
const list = <T>(item: z.ZodType<T>) => z.array(item).max(MAX_ENTRIES);
const steps = z
  .array(percent.min(1))
  .min(1)
  .max(100)
  .refine(
    (all) => all.at(-1) === 100 && all.every((step, at) => at === 0 || step > (all[at - 1] ?? 0)),
    "do not rise to 100",
  );

const stop: z.ZodType<Stop> = z.strictObject({
  reason: z.enum([
    "refused",
    "apply",
    "gate",
    "breach",
    "inconclusive",
    "abort",
    "lease",
    "external change",
    "proof",
  ]),
  service,
  why: text,
  at: instant,
});

const split: z.ZodType<Split> = z.strictObject({
  stable: revisionName.nullable(),
  candidate: revisionName.nullable(),
  percent,
});

const intent: z.ZodType<Intent> = z.strictObject({
  before: split,
  after: split,
  at: instant,
  written: z.boolean(),
});

const verdict: z.ZodType<RecordedVerdict> = z.strictObject({
  what: z.enum(["check", "apply", "identity", "gate", "soak", "proof"]),
  percent: percent.exactOptional(),
  verdict: z.enum(["passed", "failed", "inconclusive"]),
  why: text,
  at: instant,
});

const progress: z.ZodType<ServiceRollout> = z.strictObject({
  phase: z.enum([
    "waiting",
    "checked",
    "applying",
    "identity",
    "gate",
    "shifting",
    "soaking",
    "promoting",
    "proving",
    "promoted",
    "unchanged",
    "rolling back",
    "rolled back",
    "reverting",
    "reverted",
    "failed",
    "rollback failed",
    "externally modified",
  ]),
  since: instant,
  from: revisionName.nullable(),
  fromImage: image.nullable(),
  image,
  candidate: revisionName.nullable(),
  template: token.nullable(),
  steps: steps.exactOptional(),
  step: z.int().min(-1).max(99),
  intent: intent.nullable(),
  confirmedAt: instant.nullable(),
  verdicts: list(verdict),
  why: text.exactOptional(),
});

const lease: z.ZodType<Lease> = z.strictObject({ holder: token, expires: instant });

const rollout: z.ZodType<Rollout> = z
  .strictObject({
    id: token,
    startedAt: instant,
    order: z.array(service).max(MAX_SERVICES),
    steps,
    again: z.boolean(),
    lease: lease.nullable(),
    services: byService(progress),
    stop: stop.exactOptional(),
    outcome: z.enum(["completed", "refused", "rolled back", "stopped", "failed"]).exactOptional(),
    endedAt: instant.exactOptional(),
  })
  .refine(
    ({ order, services }) =>
      new Set(order).size === order.length &&
      order.length === Object.keys(services).length &&
      order.every((name) => Object.hasOwn(services, name)),
    { path: ["order"], message: "does not name each of its services once" },
  );

/** What may stand in a ledger: whoever may write the bucket, or the folder, has written it. */
export const ledgerSchema: z.ZodType<Ledger> = z.strictObject({
  version: z.literal(2),
  environment: token,
  services: byService(
    z.strictObject({
      stable: revisionName.nullable(),
      image: image.nullable(),
      previous: z.strictObject({ revision: revisionName, image }).exactOptional(),
      blocked: list(
        z.strictObject({ template: token, revision: revisionName, at: instant, rollout: token, why: text }),
      ),
    }),
  ),
  rollout: rollout.exactOptional(),
});
