import { text } from "./leaf.ts";

/** A container image by digest: a tag can change without a new revision. */
export const imageByDigest = text({
  pattern: /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$/,
  allowed: "an image by digest (repository/name@sha256:<64 hexadecimal digits>), never by tag",
  fix: "append @sha256:<digest>; 'gcloud artifacts docker images describe IMAGE:TAG' prints it",
  placeholder: `example.com/placeholder/image@sha256:${"0".repeat(64)}`,
});
