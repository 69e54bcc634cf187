// https://docs.cloud.google.com/storage/docs/buckets#naming

/** Between dots; without dots the whole name. */
export const MAX_BUCKET_LABEL = 63;
export const MAX_BUCKET_NAME = 222;
/** Characters of a name, and those at its ends. */
export const BUCKET_CHARACTERS = /^[a-z0-9][a-z0-9._-]*[a-z0-9]$/;

/** Why it is no name of a bucket; undefined where it is one. */
export function bucketNameIssue(name: string): string | undefined {
  if (!BUCKET_CHARACTERS.test(name))
    return "it has only lower-case letters, digits, hyphens, underscores and dots, and a letter or digit at each end";
  if (
    name.length < 3 ||
    name.length > MAX_BUCKET_NAME ||
    name.split(".").some(({ length }) => length > MAX_BUCKET_LABEL)
  )
    return `it has 3 to ${MAX_BUCKET_LABEL} characters, with dots up to ${MAX_BUCKET_NAME}`;
  if (name.startsWith("goog") || name.includes("google"))
    return 'it must not begin with "goog" or contain "google"';
  return /^\d+(\.\d+){3}$/.test(name) ? "it must not be an IP address" : undefined;
}
