import type { Rule } from "../rule.ts";
import { ignoredTraffic } from "./ignored-traffic.ts";
import { minimumInstances } from "./minimum-instances.ts";
import { overlap } from "./overlap.ts";
import { sessionAffinity } from "./session-affinity.ts";
import { targetImage } from "./target-image.ts";

/** What a rollout and the way back from it need. */
export const rolloutRules: readonly Rule[] = [
  ignoredTraffic,
  minimumInstances,
  overlap,
  sessionAffinity,
  targetImage,
];
