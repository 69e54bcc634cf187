import { custom } from "../constraints/index.ts";
import { holdsPlaceholder } from "../placeholders.ts";
import type { ResourceType } from "../resource-type.ts";

/** Between dots; without dots the whole name. */
const MAX_LABEL = 63;
const MAX_NAME = 222;
const SOURCE = "https://docs.cloud.google.com/storage/docs/buckets#naming";

/** Cloud Storage bucket. */
export const storageBucket: ResourceType = {
  type: "google_storage_bucket",
  label: "bucket",
  encryptionKey: { attribute: "encryption.default_kms_key_name", agent: "gs-project-accounts" },
  requiredRole: "roles/storage.admin",
  derived: { url: "gs://{name}" },
  deleteImpact: {
    destroyed: ({ before }) =>
      before.boolean("force_destroy") === true
        ? "all objects in it are deleted (force_destroy is true)"
        : "its objects are deleted with it, or the apply fails because there are some",
    holdsData: true,
  },
  fieldRules: [
    {
      id: "data/bucket-name",
      why: "The names of buckets are in one namespace of the whole world, and the API rejects those that are not of its form.",
      fix: "Choose a name of that form, for example with the project in front.",
      source: SOURCE,
      constraints: [
        custom(
          `name: 3 to ${MAX_LABEL} lower-case letters, digits, hyphens and underscores, a letter or digit at each end; with dots, ${MAX_NAME}`,
          function* (bucket) {
            const name = bucket.string("name");
            if (name === undefined || name === "" || holdsPlaceholder(name)) return;
            const because = nameFault(name);
            if (because !== undefined) yield { found: `name is "${name}"`, because };
          },
        ),
      ],
    },
  ],
};

function nameFault(name: string): string | undefined {
  if (!/^[a-z0-9][a-z0-9._-]*[a-z0-9]$/.test(name))
    return "it has only lower-case letters, digits, hyphens, underscores and dots, and a letter or digit at each end";
  if (name.length < 3 || name.length > MAX_NAME || name.split(".").some(({ length }) => length > MAX_LABEL))
    return `it has 3 to ${MAX_LABEL} characters, with dots up to ${MAX_NAME}`;
  if (name.startsWith("goog") || name.includes("google"))
    return 'it must not begin with "goog" or contain "google"';
  return /^\d+(\.\d+){3}$/.test(name) ? "it must not be an IP address" : undefined;
}
