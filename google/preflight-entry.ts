import { z } from "zod";
import { type PreflightResult, preflightCategories } from "../platform/preflight/preflight-result.ts";
import { timestamp } from "./response.ts";

const result: z.ZodType<PreflightResult> = z.object({
  environment: z.string(),
  service: z.string(),
  id: z.string().exactOptional(),
  check: z.string(),
  category: z.enum(preflightCategories),
  status: z.enum(["passed", "failed", "skipped"]),
  critical: z.boolean(),
  fault: z.enum(["infrastructure", "application"]).nullable(),
  why: z.string(),
  seconds: z.number(),
  measured: z.record(z.string(), z.number().nonnegative()).exactOptional(),
});

const count = z.int().nonnegative();

/**
 * A log entry of the preflight. What is no result is none, and misses in the count of the summary: whoever writes to the
 * project's log may write anything.
 */
export const preflightEntry = z.object({
  timestamp: timestamp.optional(),
  textPayload: z.string().optional(),
  jsonPayload: z
    .object({
      preflight: result.optional().catch(undefined),
      preflight_summary: z
        .object({ status: z.string(), passed: count, failed: count, skipped: count })
        .optional()
        .catch(undefined),
    })
    .optional(),
});

export type PreflightEntry = z.output<typeof preflightEntry>;

/** A page of `entries:list`. */
export const entryPage = z.object({
  entries: z.array(preflightEntry).optional(),
  nextPageToken: z.string().optional(),
});
