import type { z } from "zod";
import {
  registriesOfCloudRun,
  remoteRepositoryFix,
  unreachableRegistry,
} from "../../resources/image-registries.ts";
import { show } from "../issue.ts";
import { type LeafIssue, text } from "./leaf.ts";

/** A container image by digest, of a registry that Cloud Run pulls from: a tag can change without a new revision. */
export const imageByDigest: z.ZodType<string, string> = text({
  pattern: /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$/,
  allowed: "an image by digest (repository/name@sha256:<64 hexadecimal digits>), never by tag",
  fix: "append @sha256:<digest>; 'gcloud artifacts docker images describe IMAGE:TAG' prints it",
  placeholder: `docker.io/placeholder/image@sha256:${"0".repeat(64)}`,
}).check((context) => {
  if (context.issues.length > 0 || unreachableRegistry(context.value) === undefined) return;
  const params = {
    value: show(context.value),
    allowed: `allowed is an image that Cloud Run can pull: of ${registriesOfCloudRun}`,
    fix: remoteRepositoryFix,
  } satisfies LeafIssue;
  context.issues.push({ code: "custom", input: context.value, params, continue: true });
});
