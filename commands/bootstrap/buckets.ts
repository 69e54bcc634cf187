import { gcloud } from "../../delivery/bootstrap/gcloud.ts";
import { moveSteps, type StateObject } from "../../delivery/bootstrap/move-state.ts";
import { accessSteps, foreignBucket, freshPolicy } from "../../delivery/bootstrap/owner-bucket.ts";
import { createStep, type Place, type Step, settingSteps } from "../../delivery/bootstrap/steps.ts";
import { objectOf, own } from "../../graph/index.ts";
import { ownerBucket } from "../../platform/delivery/access.ts";
import { platformNames } from "../../platform/names.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { UserError } from "../../platform/user-error.ts";
import { printable } from "../../reporting/escape.ts";
import { capitalized } from "../../values/words.ts";

/** Prints steps, and does them where --run is given; returns how many. */
export type Perform = (steps: readonly Step[]) => number;

/** Settings that the command to create the bucket leaves to the other steps. */
const FRESH = {
  iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: "enforced" },
  softDeletePolicy: { retentionDurationSeconds: "2592000" },
};

/** Creates a bucket of states, or adds what it lacks; `found` is undefined where it does not exist. */
export function bucketReady(
  place: Place,
  run: boolean,
  perform: Perform,
): { readonly count: number; readonly found: unknown } {
  let found = describe(`gs://${place.bucket}`, "buckets");
  let count = 0;
  if (found === undefined) {
    count += perform([createStep(place)]);
    // Settings of an existing bucket are read; those of a new one follow from the command that creates it.
    if (run) found = describe(`gs://${place.bucket}`, "buckets");
  }
  count += perform(settingSteps(place, found ?? FRESH));
  return { count, found };
}

/** The bucket of what only an owner applies: nobody else writes it, and the delivery stack's state is in it. */
export function ownerBucketReady(
  environment: Environment,
  state: NonNullable<Environment["state"]>,
  { projectNumber }: NonNullable<Environment["delivery"]>,
  states: unknown,
  run: boolean,
  perform: Perform,
): number {
  const { project, region } = environment;
  const names = platformNames(environment);
  const bucket = ownerBucket(state);
  const place = { project, region, bucket, setting: "state.ownerBucket" };
  const accounts = [names.deployer, names.watchdog].map((id) => names.accountEmail(id));
  const owned = { project, projectNumber, bucket, accounts };
  if (states !== undefined) note(foreignBucket({ ...owned, bucket: state.bucket }, states));
  const existing = describe(`gs://${bucket}`, "buckets");
  const foreign = existing === undefined ? undefined : foreignBucket(owned, existing);
  // Before anything is written to it. A name that nobody wrote is not meant to be elsewhere.
  if (foreign !== undefined && state.ownerBucket === undefined)
    throw new UserError(
      `${capitalized(foreign)}. Write state.ownerBucket: another name, or this one where it is meant.`,
    );
  note(foreign);
  const { count, found } = bucketReady(place, run, perform);
  const policy = found === undefined ? freshPolicy(owned) : policyOf(bucket);
  const stack = names.stack("delivery");
  const object = `${stack}/default.tfstate`;
  const to = `gs://${bucket}/${object}`;
  const left = (): Step[] =>
    moveSteps({
      stack,
      from: stateObject(`gs://${state.bucket}/${object}`),
      to: { url: to, found: found === undefined ? undefined : stateObject(to) },
      isLocked: describe(`gs://${state.bucket}/${stack}/default.tflock`, "objects") !== undefined,
    });
  const before = count + perform(accessSteps(owned, policy));
  if (!run) return before + perform(left());
  // Read again after the copy: what is removed was found in its new place.
  const first = perform(left().slice(0, 1));
  return before + first + (first === 0 ? 0 : perform(left()));
}

function note(text: string | undefined): void {
  if (text !== undefined) console.log(printable(`note: ${text}. Make sure that it is yours.`));
}

function policyOf(bucket: string): unknown {
  const { out } = gcloud(["storage", "buckets", "get-iam-policy", `gs://${bucket}`, "--format=json"]);
  return parsed(out, `the access to the bucket ${bucket}`);
}

/** Undefined where there is none. */
function stateObject(url: string): StateObject | undefined {
  const found = describe(url, "objects");
  if (found === undefined) return undefined;
  const generation = String(own(objectOf(found), "generation"));
  // By its generation, so that the two match.
  const { isFound, out } = gcloud(["storage", "cat", `${url}#${generation}`]);
  if (isFound && /^\d+$/.test(generation)) return { url, generation, text: out };
  throw new UserError(`${url} was written a moment ago: wait until that has ended, then run this again.`);
}

/** A bucket or an object as the Storage API describes it; undefined where there is none. */
function describe(url: string, kind: "buckets" | "objects"): unknown {
  const { isFound, out } = gcloud(["storage", kind, "describe", url, "--raw", "--format=json"]);
  return isFound ? parsed(out, url) : undefined;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UserError(`gcloud describes ${what} in an unknown form: update the Google Cloud CLI.`);
  }
}
