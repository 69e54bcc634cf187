import { z } from "zod";
import { dated } from "./dated.ts";
import { text } from "./leaf.ts";
import { section } from "./section.ts";

/** Differences from another environment that are meant; `npm run compare` says which are not. */
export const difference = section({
  /** Name of the other environment. */
  from: text({
    pattern: /^[A-Za-z0-9_-]+$/,
    allowed: "the name of another environment",
    fix: 'write for example "staging"',
  }),
  /** What differs, as `npm run compare` prints it; * is any one step, and the path of a section means all in it. */
  paths: z.array(
    text({
      pattern: /^[A-Za-z0-9*_[\]-]+(\.[A-Za-z0-9*_[\]-]+)*$/,
      allowed: "a path as npm run compare prints it, where * is any one step",
      fix: 'write for example "services.*.instances.max"',
    }),
  ),
  reason: dated.reason,
});
