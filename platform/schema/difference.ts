import { z } from "zod";
import { dated } from "./dated.ts";
import { text } from "./leaf.ts";
import { section } from "./section.ts";

/** Intended differences from another environment; `npm run compare` lists all others. */
export const difference = section({
  /** Name of the other environment. */
  from: text({
    pattern: /^[A-Za-z0-9_-]+$/,
    allowed: "the name of another environment",
    fix: 'write for example "staging"',
  }),
  /** Paths that differ, as `npm run compare` prints them; * is any one step, and a section includes all of its values. */
  paths: z.array(
    text({
      pattern: /^[A-Za-z0-9*_[\]-]+(\.[A-Za-z0-9*_[\]-]+)*$/,
      allowed: "a path as npm run compare prints it, where * is any one step",
      fix: 'write for example "services.*.instances.max"',
    }),
  ),
  reason: dated.reason,
});
